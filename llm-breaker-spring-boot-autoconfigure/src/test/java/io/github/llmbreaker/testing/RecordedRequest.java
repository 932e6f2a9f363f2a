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

package io.github.llmbreaker.testing;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * A request as it arrived at the {@link FakeLlmServer}.
 *
 * @param method the HTTP method
 * @param path the raw path with query
 * @param headers the headers, names in lower case, of repeated ones the last
 * @param body the body's bytes
 */
@SuppressWarnings("ArrayRecordComponent")
public record RecordedRequest(String method, String path, Map<String, String> headers, byte[] body) {

	public String text() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	public String header(String name) {
		return this.headers.get(name.toLowerCase(Locale.ROOT));
	}

}
