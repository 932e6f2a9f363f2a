// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.actuate.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.springframework.core.io.ClassPathResource;

/**
 * The page that shows the breakers in a browser. It is the same for everybody: its script
 * asks the endpoint for the JSON. Script and style are answers of their own, so that the
 * strictest content security policy of an application lets them pass. ASCII only, so that
 * nothing depends on the server's encoding.
 */
final class BreakersPage {

	/** The page. */
	static final String HTML = load("llmbreakers.html");

	/** Its script. */
	static final String SCRIPT = load("llmbreakers.js");

	/** Its style. */
	static final String STYLE = load("llmbreakers.css");

	private BreakersPage() {
	}

	private static String load(String file) {
		try {
			return new ClassPathResource(file, BreakersPage.class).getContentAsString(StandardCharsets.US_ASCII);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
