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

package io.github.llmbreaker.restclient;

import java.util.Objects;

import io.github.llmbreaker.CallOutcome;
import org.jspecify.annotations.Nullable;

import org.springframework.http.client.ClientHttpResponse;

/**
 * An answer as the caller gets it.
 *
 * @param response the answer
 * @param failure how the call ended, if the head says so already; {@code null} for a good
 * answer
 * @param error the beginning of an error's body; empty for a good answer
 * @param body the body of a good answer; {@code null} for an error
 */
@SuppressWarnings("ArrayRecordComponent")
record GuardedAnswer(ClientHttpResponse response, @Nullable CallOutcome failure, byte[] error,
		@Nullable ObservedInputStream body) {

	private static final byte[] NONE = {};

	static GuardedAnswer good(ClientHttpResponse response, ObservedInputStream body) {
		return new GuardedAnswer(response, null, NONE, body);
	}

	static GuardedAnswer failed(ClientHttpResponse response, CallOutcome failure, byte[] error) {
		return new GuardedAnswer(response, failure, error, null);
	}

	ObservedInputStream requiredBody() {
		return Objects.requireNonNull(this.body);
	}

}
