// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.readme;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.BreakerStateChangedEvent;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmCallListener;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmCallTrace;
import io.github.llmbreaker.LlmGuarded;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeCustomizer;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.webclient.LlmBreakerExchangeFilterFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.AliasFor;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Java code of the pages, so that it compiles.
 */
class PageExamples {

	private static final Logger logger = LoggerFactory.getLogger(PageExamples.class);

	private final LlmBreakers llmBreakers;

	private final Assistant assistant;

	private final Team team;

	private final Queue queue;

	private final VendorSdk vendorSdk;

	PageExamples(LlmBreakers llmBreakers, Assistant assistant, Team team, Queue queue, VendorSdk vendorSdk) {
		this.llmBreakers = llmBreakers;
		this.assistant = assistant;
		this.team = team;
		this.queue = queue;
		this.vendorSdk = vendorSdk;
	}

	WebClient.ResponseSpec attribute(WebClient client, Object prompt) {
		// @formatter:off
		return
				client.post()
					.uri("https://llm.internal/generate")
					.attribute(LlmTarget.ATTRIBUTE, LlmTarget.of("openai", "my-model"))
					.bodyValue(prompt)
					.retrieve();
		// @formatter:on
	}

	@Bean
	WebClient handMadeClient(LlmBreakerExchangeFilterFunction llmBreaker) {
		return WebClient.builder().baseUrl("https://api.openai.com/v1").filter(llmBreaker).build();
	}

	String anyCode(Assistant vendorSdk, String question) throws Exception {
		String answer = this.llmBreakers.call(LlmTarget.of("openai", "gpt-4.1"), () -> vendorSdk.ask(question));
		return answer;
	}

	@LlmGuarded(provider = "openai", model = "gpt-4.1")
	public String translate(String text) {
		return this.vendorSdk.ask("gpt-4.1", text);
	}

	@LlmGuarded(provider = "openai")
	@Retention(RetentionPolicy.RUNTIME)
	@Target(ElementType.METHOD)
	@interface Gpt {

		@AliasFor(annotation = LlmGuarded.class, attribute = "model")
		String value();

	}

	@LlmGuarded(provider = "openai", model = "#model",
			fallbackModels = { "gpt-4.1-mini", "anthropic:claude-sonnet-4-5" }, fallbackCache = "answers",
			fallbackMethod = "later")
	public String ask(String model, String question) {
		return this.vendorSdk.ask(model, question);
	}

	private String later(String model, String question, LlmCallRejectedException rejection) {
		return "Come back in " + rejection.getRetryAfter().toSeconds() + " seconds.";
	}

	// instead of @CircuitBreaker(name = "openai", fallbackMethod = "cached")
	@LlmGuarded(provider = "openai", model = "gpt-4.1", fallbackMethod = "cached")
	public String answer(String question) {
		return this.vendorSdk.ask("gpt-4.1", question);
	}

	@Bean
	OutcomeCustomizer ignoreRateLimitsOfPreviews() {
		return (target, outcome) -> isPreview(target) && outcome.kind() == OutcomeKind.RATE_LIMITED
				? new CallOutcome(outcome.kind(), OutcomeScope.NONE, false, outcome.retryAfter(), outcome.status())
				: outcome;
	}

	private boolean isPreview(LlmTarget target) {
		return target.model() != null && target.model().endsWith("-preview");
	}

	@EventListener
	void tellTheTeam(BreakerStateChangedEvent event) {
		if (event.to() == BreakerState.OPEN) {
			this.team.tell(event.breaker() + " is open after " + event.kind());
		}
	}

	@Bean
	LlmCallListener slowCalls() {
		return (target, outcome, duration) -> {
			if (duration.toSeconds() > 30) {
				logger.info("{} took {} and ended with {}", target, duration, outcome.kind());
			}
		};
	}

	@Retryable(excludes = LlmCallRejectedException.class, maxRetries = 2, delay = 500, multiplier = 2)
	public String summarize(String text) {
		return this.assistant.ask("Summarize: " + text);
	}

	Mono<String> retryWithReactor(String question) {
		Mono<String> answer = ask(question).retryWhen(
				Retry.backoff(2, Duration.ofMillis(500)).filter((ex) -> !(ex instanceof LlmCallRejectedException)));
		return answer;
	}

	void trace(WebClient client, Object request) {
		// @formatter:off
		LlmCallTrace trace = new LlmCallTrace();
		String answer = client.post()
			.uri("/v1/chat/completions")
			.attribute(LlmCallTrace.ATTRIBUTE, trace)
			.bodyValue(request)
			.retrieve()
			.bodyToMono(String.class)
			.block();
		logger.info("{} answered after {} attempt(s)", trace.target(), trace.attempts());
		// @formatter:on
		this.team.tell(answer);
	}

	private Mono<String> ask(String question) {
		return Mono.fromSupplier(() -> this.assistant.ask(question));
	}

	String askLater(String question) {
		try {
			return this.assistant.ask(question);
		}
		catch (LlmCallRejectedException ex) {
			this.queue.askAgain(question, ex.getRetryAfter());
			throw ex;
		}
	}

	interface Assistant {

		String ask(String question);

	}

	interface VendorSdk {

		String ask(String model, String question);

	}

	interface Team {

		void tell(String text);

	}

	interface Queue {

		void askAgain(String question, Duration after);

	}

}
