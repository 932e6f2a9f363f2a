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

package io.github.llmbreaker.webclient;

import io.github.llmbreaker.CallOutcome;

import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * Told what became of an {@link Attempt}; one method, once, unless the attempt was
 * cancelled.
 */
interface AttemptOwner {

	/**
	 * A good answer has arrived, and is observed while it is read.
	 */
	void onAnswer(ClientResponse response);

	/**
	 * The provider has answered with an error.
	 * @param outcome how the attempt ended
	 * @param answer the answer
	 */
	void onErrorAnswer(CallOutcome outcome, HeldAnswer answer);

	/**
	 * There is no answer.
	 * @param outcome how the attempt ended
	 * @param error what the client says
	 */
	void onFailure(CallOutcome outcome, Throwable error);

}
