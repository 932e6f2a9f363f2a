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

package io.github.llmbreaker.provider;

/**
 * What an exception knows of the answer behind it.
 *
 * @param status the HTTP status
 * @param headers the headers, as far as the exception has them
 * @param body the body; empty if the exception does not have it
 * @param endpoint the canonical name of an endpoint whose answers look like this one
 */
@SuppressWarnings("ArrayRecordComponent")
record ThrownAnswer(int status, HeaderLookup headers, byte[] body, String endpoint) {

	static final HeaderLookup NO_HEADERS = (name) -> null;

	ThrownAnswer(int status, HeaderLookup headers, byte[] body) {
		this(status, headers, body, "unknown");
	}

}
