// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat.scripted;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.llmbreaker.BreakerState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Asks Claude at both instances, and tells how the second one is spared what the first
 * one has found out: from the beginning of the outage it has no visitor until the first
 * one has opened its breaker.
 */
@Component
@Profile("fleet")
final class FleetTraffic implements DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(FleetTraffic.class);

	private static final Duration NEWS = Duration.ofMillis(20);

	private static final int MOST_LOOKS = 500;

	private static final Duration LOOK = Duration.ofMillis(200);

	private final ScriptedProperties.Traffic settings;

	private final ScriptedProviders providers;

	private final SecondInstance second;

	private final AtomicInteger encores = new AtomicInteger();

	private final Disposable.Swap running = Disposables.swap();

	private boolean found;

	FleetTraffic(ScriptedProperties properties, ScriptedProviders providers, SecondInstance second) {
		this.settings = properties.traffic();
		this.providers = providers;
		this.second = second;
	}

	@EventListener
	void start(ApplicationReadyEvent event) {
		Instance one = new Instance(event.getApplicationContext());
		Instance two = new Instance(this.second.start());
		logger.info("Two instances of the chat, and Redis between them: one is {}, two is {}", one.url(), two.url());
		logger.info("Who has found out what: {}/actuator/llmbreakers. In brackets: the breaker of Claude there.",
				one.url());
		this.running.update(bothKnow(one, two).thenMany(Flux.interval(this.settings.interval()))
			.onBackpressureDrop()
			.concatMap((round) -> visit(one, two))
			.takeUntil((answered) -> answered && this.encores.incrementAndGet() >= this.settings.encore())
			.doOnComplete(() -> end(one, two))
			.subscribe((answered) -> {
			}, (failure) -> logger.warn("There are no more visitors: {}", failure.getMessage())));
	}

	private static Mono<Integer> bothKnow(Instance one, Instance two) {
		return Flux.interval(LOOK)
			.onBackpressureDrop()
			.concatMap((round) -> Mono.zip(one.known(), two.known(), Math::min))
			.filter((known) -> known == 2)
			.next();
	}

	/** Returns whether both have answered after the outage. */
	private Mono<Boolean> visit(Instance one, Instance two) {
		Phase phase = this.providers.outage().phase();
		return one.askClaude().flatMap((first) -> {
			if (phase != Phase.HEALTHY && !this.found) {
				return visitOne(one, two, first);
			}
			return two.askClaude().map((other) -> {
				logger.info("one: {} [{}]   two: {} [{}]   requests at Anthropic: {}", first, one.claude(), other,
						two.claude(), this.providers.anthropicRequests());
				return phase == Phase.RECOVERED && first.answered() && other.answered();
			});
		});
	}

	private Mono<Boolean> visitOne(Instance one, Instance two, Visit visit) {
		logger.info("one: {} [{}]", visit, one.claude());
		if (one.claude() == BreakerState.CLOSED) {
			return Mono.just(false);
		}
		this.found = true;
		long found = System.nanoTime();
		return Flux.interval(NEWS)
			.takeUntil((look) -> two.claude() != BreakerState.CLOSED || look >= MOST_LOOKS)
			.then(Mono.defer(() -> {
				logger.info("--- One has found out that Anthropic is down. {} ms later somebody asks two:",
						Duration.ofNanos(System.nanoTime() - found).toMillis());
				return two.askClaude();
			}))
			.map((other) -> {
				logger.info("two: {} [{}]", other, two.claude());
				logger.info(other.rejected() ? "--- Two knows it already, and did not ask Anthropic."
						: "--- Two has not heard of it: is Redis there?");
				return false;
			});
	}

	private void end(Instance one, Instance two) {
		logger.info("--- The end. One: {}. Two: {}.", one.summary(), two.summary());
		logger.info("Anthropic got {} requests from both, {} of them while it wanted to be left alone.",
				this.providers.anthropicRequests(), this.providers.unwantedRequests());
	}

	@Override
	public void destroy() {
		this.running.dispose();
	}

}
