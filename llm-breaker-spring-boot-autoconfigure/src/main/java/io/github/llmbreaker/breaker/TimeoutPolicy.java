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

package io.github.llmbreaker.breaker;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How long to wait for an answer; {@code null} leaves it to the HTTP client.
 *
 * @param response until the response head
 * @param firstToken until the first content event of a stream
 * @param idle between content events of a stream
 * @param total for the whole call, retries and fallbacks included
 * @since 0.1.0
 */
public record TimeoutPolicy(@Nullable Duration response, @Nullable Duration firstToken, @Nullable Duration idle,
		@Nullable Duration total) {

	/** No limits of ours. */
	public static final TimeoutPolicy NONE = new TimeoutPolicy(null, null, null, null);

}
