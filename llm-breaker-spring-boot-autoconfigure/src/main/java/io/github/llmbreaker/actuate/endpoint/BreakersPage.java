/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
