// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.actuate.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.springframework.core.io.ClassPathResource;

/**
 * The page that shows the breakers in a browser. It is the same for everybody: a script
 * in it asks the endpoint for the JSON.
 */
final class BreakersPage {

	static final String FILE = "llmbreakers.html";

	/** The page; ASCII only, so that it does not depend on the server's encoding. */
	static final String HTML = load();

	private BreakersPage() {
	}

	private static String load() {
		try {
			return new ClassPathResource(FILE, BreakersPage.class).getContentAsString(StandardCharsets.US_ASCII);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
