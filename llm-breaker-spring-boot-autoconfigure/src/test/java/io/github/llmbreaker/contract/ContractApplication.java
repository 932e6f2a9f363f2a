// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmCallListener;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeCustomizer;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.observation.Spans;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.awaitility.Awaitility;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with every client, two providers and one whose dialect is broken. The
 * policy of a call is chosen by the beginning of its model's name, so that all tests can
 * share it and each has models, and so breakers, of its own.
 */
final class ContractApplication implements AutoCloseable {

	private static final List<String> PROPERTIES = List.of("llm-breaker.max-breakers=100000",
			"llm-breaker.defaults.preset=consecutive", "llm-breaker.defaults.failure-threshold=50",
			"llm-breaker.defaults.half-open-calls=1", "llm-breaker.provider-defaults.failure-threshold=50",
			"llm-breaker.provider-defaults.half-open-calls=1", "llm-breaker.providers.second.dialect=openai",
			"llm-breaker.providers.second.api-key=second-key", "llm-breaker.providers.broken.dialect=broken");

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final String CHANGED = "changed";

	private final Provider first = new Provider("first");

	private final Provider second = new Provider("second");

	private final ConfigurableApplicationContext context;

	private final List<ContractClient> clients;

	ContractApplication(Map<String, String> policies) {
		List<String> properties = new ArrayList<>(PROPERTIES);
		properties.add("llm-breaker.providers.openai.base-urls=" + this.first.url() + "/v1");
		properties.add("llm-breaker.providers.broken.base-urls=" + this.first.url() + "/broken/v1");
		properties.add("llm-breaker.providers.second.base-urls=" + this.second.url() + "/v1");
		policies.forEach((key, value) -> properties.add("llm-breaker.policies." + key + "=" + value));
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.run(properties.stream().map((property) -> "--" + property).toArray(String[]::new));
		this.clients = new ContractClients(this.context, this::url).all();
	}

	private String url(Ask ask) {
		String base = switch (ask.provider()) {
			case "openai" -> this.first.url();
			case "broken" -> this.first.url() + "/broken";
			case "second" -> this.second.url();
			default -> throw new IllegalArgumentException(ask.provider());
		};
		return base + "/v1/chat/completions" + ask.query();
	}

	List<ContractClient> clients() {
		return this.clients;
	}

	Provider first() {
		return this.first;
	}

	Provider second() {
		return this.second;
	}

	/**
	 * Returns the breaker of a model, which there need not have been a call of.
	 */
	LlmBreaker breaker(String provider, String model) {
		this.context.getBean(BreakerRegistry.class).gate(LlmTarget.of(provider, model));
		String name = provider + ":" + (model.isEmpty() ? "*" : model);
		return find(name);
	}

	LlmBreaker find(String name) {
		return this.context.getBean(LlmBreakers.class).find(name).orElseThrow();
	}

	/** Closes all breakers: the models that answer instead are those of all tests. */
	void reset() {
		this.context.getBean(LlmBreakers.class).all().forEach(LlmBreaker::reset);
	}

	/**
	 * Returns what the listeners are told about a model, in order: no more than this.
	 */
	List<CallOutcome> awaitOutcomes(String model, int count) {
		List<CallOutcome> outcomes = this.context.getBean(Recorder.class).await(model, count);
		assertThat(outcomes).as("outcomes of %s", model).hasSize(count);
		return outcomes;
	}

	List<OutcomeKind> awaitKinds(String model, int count) {
		return awaitOutcomes(model, count).stream().map(CallOutcome::kind).toList();
	}

	void forget(String model) {
		this.context.getBean(Recorder.class).forget(model);
	}

	/**
	 * Changes properties while the application runs, and takes back what was changed
	 * before.
	 */
	void change(Map<String, Object> properties) {
		this.context.getEnvironment().getPropertySources().remove(CHANGED);
		this.context.getEnvironment().getPropertySources().addFirst(new MapPropertySource(CHANGED, properties));
		this.context.getBean("llmBreakerPolicyReload", SmartApplicationListener.class)
			.onApplicationEvent(new PayloadApplicationEvent<>(this, CHANGED));
	}

	/**
	 * Returns the traces of the application.
	 */
	Spans spans() {
		return this.context.getBean(Spans.class);
	}

	/**
	 * Does work in a span of this name.
	 */
	<T> T observe(String name, Callable<T> work) throws Exception {
		return Observation.createNotStarted(name, this.context.getBean(ObservationRegistry.class))
			.observeChecked(work::call);
	}

	/** No call may be left running for those who look at traces. */
	@Override
	public void close() {
		Spans spans = spans();
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(spans.running()).noneMatch((name) -> name.startsWith("llm.call")));
		this.context.close();
		this.first.close();
		this.second.close();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Assistant assistant() {
			return new Assistant();
		}

		@Bean
		Spans spans() {
			return new Spans();
		}

		@Bean
		ObservationHandler<?> tracing(Spans spans) {
			return spans.handler();
		}

		@Bean
		LlmCallListener throwing() {
			return (target, outcome, duration) -> {
				throw new AssertionError("a listener");
			};
		}

		@Bean
		Recorder recorder() {
			return new Recorder();
		}

		@Bean
		OutcomeCustomizer customizer() {
			return (target, outcome) -> {
				String model = String.valueOf(target.model());
				if (model.startsWith("exception-in-customizer")) {
					throw new IllegalStateException("a customizer");
				}
				if (model.startsWith("error-in-customizer")) {
					throw new AssertionError("a customizer");
				}
				return outcome;
			};
		}

		@Bean
		BrokenDialect brokenDialect() {
			return new BrokenDialect();
		}

	}

	static class Recorder implements LlmCallListener {

		private final Map<String, List<CallOutcome>> outcomes = new HashMap<>();

		@Override
		public synchronized void onCallCompleted(LlmTarget target, CallOutcome outcome, Duration duration) {
			String model = (target.model() != null) ? target.model() : "";
			this.outcomes.computeIfAbsent(model, (key) -> new ArrayList<>()).add(outcome);
			notifyAll();
		}

		synchronized List<CallOutcome> await(String model, int count) {
			long end = System.nanoTime() + LIMIT.toNanos();
			long rest = LIMIT.toNanos();
			while (rest > 0 && this.outcomes.getOrDefault(model, List.of()).size() < count) {
				try {
					TimeUnit.NANOSECONDS.timedWait(this, rest);
				}
				catch (InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
				rest = end - System.nanoTime();
			}
			return List.copyOf(this.outcomes.getOrDefault(model, List.of()));
		}

		synchronized void forget(String model) {
			this.outcomes.remove(model);
		}

	}

}
