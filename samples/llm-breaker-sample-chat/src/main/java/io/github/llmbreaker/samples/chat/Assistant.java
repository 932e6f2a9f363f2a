// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Answers questions with the help of one model.
 */
interface Assistant {

	/**
	 * Answers in one piece.
	 * @param question what to ask
	 * @return the answer
	 */
	Mono<String> answer(String question);

	/**
	 * Answers piece by piece.
	 * @param question what to ask
	 * @return the pieces of the answer
	 */
	Flux<String> stream(String question);

}
