// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.concurrent.CompletableFuture;

import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.call.CallObserver;
import io.github.llmbreaker.observation.DefaultLlmCallObservationConvention;
import io.github.llmbreaker.observation.LlmCallObservationContext;
import io.github.llmbreaker.observation.LlmCallObservationConvention;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LlmBreakerObservationAutoConfiguration}.
 */
class LlmBreakerObservationAutoConfigurationTests {

	private static final LlmTarget GPT = LlmTarget.of("openai", "gpt-4.1");

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmBreakerAutoConfiguration.class,
				LlmBreakerObservationAutoConfiguration.class, ObservationAutoConfiguration.class))
		.withUserConfiguration(Handlers.class);

	@Test
	void callsAreObservedByTheRegistryOfSpringBoot() {
		this.contextRunner.run((context) -> {
			assertThat(context.getBean(LlmBreakers.class).call(GPT, () -> "hello")).isEqualTo("hello");
			Timer timer = context.getBean(SimpleMeterRegistry.class)
				.get("llm.call")
				.tags("provider", "openai", "model", "gpt-4.1", "endpoint", "*", "outcome", "success", "state",
						"closed", "attempts", "1", "fallback", "none")
				.timer();
			assertThat(timer.count()).isEqualTo(1);
		});
	}

	@Test
	void isOffByOneProperty() {
		this.contextRunner.withPropertyValues("llm-breaker.observations.enabled=false")
			.run((context) -> assertUnobserved(context.getBean(CallGuard.class)));
	}

	@Test
	void isOffWithoutARegistryAndWithoutTheLibrary() {
		ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(
				AutoConfigurations.of(LlmBreakerAutoConfiguration.class, LlmBreakerObservationAutoConfiguration.class));
		runner.run((context) -> assertUnobserved(context.getBean(CallGuard.class)));
		runner.withClassLoader(new FilteredClassLoader(ObservationRegistry.class)).run((context) -> {
			assertUnobserved(context.getBean(CallGuard.class));
			assertThat(context.getBean(LlmBreakers.class).call(GPT, () -> "hello")).isEqualTo("hello");
		});
	}

	@Test
	void isOffWhenNothingIsGuarded() {
		this.contextRunner.withPropertyValues("llm-breaker.enabled=false")
			.run((context) -> assertUnobserved(context.getBean(CallGuard.class)));
	}

	@Test
	void observerOfTheApplicationWins() {
		this.contextRunner.withBean(CallObserver.class, () -> CallObserver.NONE)
			.run((context) -> assertUnobserved(context.getBean(CallGuard.class)));
	}

	@Test
	void conventionOfTheApplicationWins() {
		this.contextRunner.withBean(LlmCallObservationConvention.class, Own::new).run((context) -> {
			context.getBean(LlmBreakers.class).call(GPT, () -> "hello");
			assertThat(context.getBean(SimpleMeterRegistry.class).get("own.call").timer().count()).isEqualTo(1);
		});
	}

	@Test
	void globalConventionIsFollowed() {
		this.contextRunner.withBean(Global.class).run((context) -> {
			context.getBean(LlmBreakers.class).call(GPT, () -> "hello");
			assertThat(context.getBean(SimpleMeterRegistry.class).get("llm.call").timer().getId().getTags())
				.extracting("key")
				.containsExactlyInAnyOrder("provider", "error");
		});
	}

	@Test
	void predicateOfTheApplicationTurnsItOff() {
		this.contextRunner.withBean(ObservationPredicate.class, () -> (name, observed) -> !name.equals("llm.call"))
			.run((context) -> {
				context.getBean(LlmBreakers.class).call(GPT, () -> "hello");
				assertThat(context.getBean(SimpleMeterRegistry.class).find("llm.call").timer()).isNull();
			});
	}

	@Test
	void handlersAndConventionsThatThrowHarmNoCall() {
		this.contextRunner.withUserConfiguration(Broken.class).run((context) -> {
			LlmBreakers breakers = context.getBean(LlmBreakers.class);
			assertThat(breakers.call(GPT, () -> "hello")).isEqualTo("hello");
			breakers.find("openai:gpt-4.1").orElseThrow().forceOpen(null);
			assertThatExceptionOfType(LlmCallRejectedException.class)
				.isThrownBy(() -> breakers.call(GPT, () -> "hello"));
		});
		this.contextRunner.withBean(LlmCallObservationConvention.class, BrokenConvention::new)
			.run((context) -> assertThat(context.getBean(LlmBreakers.class).call(GPT, () -> "hello"))
				.isEqualTo("hello"));
	}

	@Test
	void modelNamesFromOutsideDoNotMakeMetersWithoutEnd() {
		this.contextRunner.withPropertyValues("llm-breaker.max-breakers=3").run((context) -> {
			for (int i = 0; i < 50; i++) {
				context.getBean(LlmBreakers.class).call(LlmTarget.of("openai", "model-" + i), () -> "hello");
			}
			assertThat(context.getBean(SimpleMeterRegistry.class).find("llm.call").timers()).hasSize(4);
			assertThat(context.getBean(SimpleMeterRegistry.class).get("llm.call").tag("model", "*").timer().count())
				.isEqualTo(47);
		});
	}

	@Test
	void nothingIsLeftRunningOnTheThread() {
		this.contextRunner.run((context) -> {
			ObservationRegistry registry = context.getBean(ObservationRegistry.class);
			LlmBreakers breakers = context.getBean(LlmBreakers.class);
			CompletableFuture<Observation> inside = new CompletableFuture<>();
			breakers.call(GPT, () -> inside.complete(registry.getCurrentObservation()));
			assertThat(inside.join().getContext()).isInstanceOf(LlmCallObservationContext.class);
			assertThat(registry.getCurrentObservation()).isNull();
			assertThat(context.getBean(SimpleMeterRegistry.class).get("llm.call.active").longTaskTimer().activeTasks())
				.isZero();
		});
	}

	private static void assertUnobserved(CallGuard guard) {
		assertThat(guard.observer()).isSameAs(CallObserver.NONE);
	}

	@Configuration(proxyBeanMethods = false)
	static class Handlers {

		@Bean
		SimpleMeterRegistry meters() {
			return new SimpleMeterRegistry();
		}

		@Bean
		ObservationHandler<?> meterHandler(SimpleMeterRegistry meters) {
			return new DefaultMeterObservationHandler(meters);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Broken {

		@Bean
		ObservationHandler<Observation.Context> broken() {
			return new BrokenHandler();
		}

	}

	static final class BrokenHandler implements ObservationHandler<Observation.Context> {

		@Override
		public void onStart(Observation.Context context) {
			throw new IllegalStateException("start");
		}

		@Override
		public void onScopeOpened(Observation.Context context) {
			throw new IllegalStateException("scope");
		}

		@Override
		public void onStop(Observation.Context context) {
			throw new IllegalStateException("stop");
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	static final class Own extends DefaultLlmCallObservationConvention {

		@Override
		public String getName() {
			return "own.call";
		}

	}

	static final class BrokenConvention extends DefaultLlmCallObservationConvention {

		@Override
		public KeyValues getLowCardinalityKeyValues(LlmCallObservationContext context) {
			throw new IllegalStateException("keys");
		}

	}

	static final class Global implements GlobalObservationConvention<LlmCallObservationContext> {

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof LlmCallObservationContext;
		}

		@Override
		public String getName() {
			return "llm.call";
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(LlmCallObservationContext context) {
			return KeyValues.of(KeyValue.of("provider", context.getTarget().provider()));
		}

	}

}
