// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat.scripted;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.llmbreaker.LlmBreakers;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Asks both assistants again and again, over HTTP like any visitor, until the outage is
 * over.
 */
@Component
@Profile("scripted & !fleet")
@ConditionalOnBooleanProperty("scripted.traffic.enabled")
final class Traffic implements DisposableBean {

	private final ScriptedProperties.Traffic settings;

	private final ScriptedProviders providers;

	private final LlmBreakers breakers;

	private final AtomicInteger encores = new AtomicInteger();

	private final Disposable.Swap running = Disposables.swap();

	Traffic(ScriptedProperties properties, ScriptedProviders providers, LlmBreakers breakers) {
		this.settings = properties.traffic();
		this.providers = providers;
		this.breakers = breakers;
	}

	@EventListener
	void start(ApplicationReadyEvent event) {
		Environment environment = event.getApplicationContext().getEnvironment();
		String url = "http://localhost:" + environment.getRequiredProperty("local.server.port");
		WebClient visitor = WebClient.create(url);
		Story story = new Story(this.providers, this.breakers, url);
		story.begin();
		this.running.update(Flux.interval(this.settings.interval())
			.onBackpressureDrop()
			.concatMap((round) -> visitBoth(visitor, round, story))
			.takeUntil(this::isLast)
			.doOnComplete(story::end)
			.subscribe());
	}

	private Mono<Visit> visitBoth(WebClient visitor, long round, Story story) {
		// Every other answer is streamed.
		String path = (round % 2 == 0) ? "/chat/{assistant}?q={question}" : "/chat/{assistant}/stream?q={question}";
		story.beginRound(this.providers.outage().phase());
		return Mono.zip(visit(visitor, path, "gpt"), visit(visitor, path, "claude"))
			.doOnNext((visits) -> story.endRound(visits.getT1(), visits.getT2()))
			.map((visits) -> visits.getT2());
	}

	private static Mono<Visit> visit(WebClient visitor, String path, String assistant) {
		return visitor.get().uri(path, assistant, "What is a circuit breaker?").exchangeToMono(Visit::of);
	}

	private boolean isLast(Visit claude) {
		return claude.answered() && this.providers.outage().phase() == Phase.RECOVERED
				&& this.encores.incrementAndGet() >= this.settings.encore();
	}

	@Override
	public void destroy() {
		this.running.dispose();
	}

}
