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

import io.github.llmbreaker.CallOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Judges exceptions of HTTP clients and of the network, without depending on any client.
 *
 * @since 0.1.0
 */
public final class TransportFailures {

	private TransportFailures() {
	}

	/**
	 * Judges a failure that came instead of an answer, or in the middle of one.
	 * @param failure the exception; its causes are looked at, too
	 * @param status the status of the answer it interrupted; {@code null} if there was
	 * none
	 * @return how the call ended
	 */
	public static CallOutcome classify(Throwable failure, @Nullable Integer status) {
		throw new UnsupportedOperationException();
	}

}
