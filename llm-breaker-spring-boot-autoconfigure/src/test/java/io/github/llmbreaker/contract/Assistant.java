// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.util.concurrent.CompletableFuture;

import io.github.llmbreaker.LlmGuarded;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Guarded methods that use any client.
 */
class Assistant {

	@LlmGuarded(provider = "#provider", model = "#model")
	public String value(String provider, String model, Ask ask, BlockingHttp http) {
		StringBuffer answer = new StringBuffer();
		http.read(ask.to(provider, model), answer);
		return answer.toString();
	}

	@LlmGuarded(provider = "#provider", model = "#model")
	public CompletableFuture<String> future(String provider, String model, Ask ask, ReactiveHttp http) {
		return http.whole(ask.to(provider, model)).toFuture();
	}

	@LlmGuarded(provider = "#provider", model = "#model")
	public Mono<String> mono(String provider, String model, Ask ask, ReactiveHttp http) {
		return http.whole(ask.to(provider, model));
	}

	@LlmGuarded(provider = "#provider", model = "#model")
	public Flux<String> flux(String provider, String model, Ask ask, ReactiveHttp http) {
		return http.pieces(ask.to(provider, model));
	}

}
