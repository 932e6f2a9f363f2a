// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat.scripted;

import java.util.List;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmBreakers;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.context.ApplicationContext;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * One of the instances, as its visitors see it.
 */
final class Instance {

	private final String url;

	private final WebClient visitor;

	private final LlmBreakers breakers;

	private int answered;

	private int failed;

	private int rejected;

	Instance(ApplicationContext context) {
		this.url = "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port");
		this.visitor = WebClient.create(this.url);
		this.breakers = context.getBean(LlmBreakers.class);
	}

	String url() {
		return this.url;
	}

	Mono<Visit> askClaude() {
		return this.visitor.get()
			.uri("/chat/claude?q={question}", "What is a circuit breaker?")
			.exchangeToMono(Visit::of)
			.doOnNext(this::count);
	}

	/** Returns how many instances it knows of, itself included. */
	Mono<Integer> known() {
		return this.visitor.get()
			.uri("/actuator/llmbreakers")
			.retrieve()
			.bodyToMono(Breakers.class)
			.map((it) -> (it.fleet() != null) ? it.fleet().instances().size() : 1);
	}

	BreakerState claude() {
		return this.breakers.all()
			.stream()
			.filter((breaker) -> breaker.name().startsWith("anthropic:"))
			.map(LlmBreaker::state)
			.findFirst()
			.orElse(BreakerState.CLOSED);
	}

	String summary() {
		return "%d answered, %d failed, %d rejected at once".formatted(this.answered, this.failed, this.rejected);
	}

	private void count(Visit visit) {
		if (visit.answered()) {
			this.answered++;
		}
		else if (visit.rejected()) {
			this.rejected++;
		}
		else {
			this.failed++;
		}
	}

	private record Breakers(@Nullable Fleet fleet) {

		private record Fleet(List<String> instances) {
		}

	}

}
