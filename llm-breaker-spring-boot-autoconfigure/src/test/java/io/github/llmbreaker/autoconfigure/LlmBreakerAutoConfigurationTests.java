// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeCustomizer;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerListener;
import io.github.llmbreaker.breaker.BreakerMode;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.BreakerSnapshot;
import io.github.llmbreaker.breaker.BreakerView;
import io.github.llmbreaker.breaker.LlmPolicies;
import io.github.llmbreaker.breaker.TestRegistry;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.breaker.VirtualTime;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.call.RegistryLlmBreakers;
import io.github.llmbreaker.provider.AnswerHead;
import io.github.llmbreaker.provider.BodyObserver;
import io.github.llmbreaker.provider.ErrorAnswer;
import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.LlmOperation;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LlmBreakerAutoConfiguration}.
 */
class LlmBreakerAutoConfigurationTests {

	private static final LlmTarget GPT = new LlmTarget("openai", "chat.completions", "gpt-4.1");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmBreakerAutoConfiguration.class));

	@Test
	void guardsByDefault() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(LlmBreakers.class)
				.hasSingleBean(BreakerRegistry.class)
				.hasSingleBean(LlmPolicies.class)
				.hasSingleBean(LlmProviders.class)
				.hasSingleBean(Ticker.class);
			assertThat(context.getBean(LlmBreakers.class).call(GPT, () -> "hello")).isEqualTo("hello");
			assertThat(context.getBean(BreakerRegistry.class).find("openai:gpt-4.1")).isPresent();
		});
	}

	@Test
	void leavesTheCircuitBreakersOfTheApplicationAlone() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(CircuitBreakerRegistry.class)
			.doesNotHaveBean(Clock.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "false", "off", "no" })
	void whileDisabledCallsJustRun(String value) {
		this.runner.withPropertyValues("llm-breaker.enabled=" + value).run((context) -> {
			assertThat(context).doesNotHaveBean(LlmBreakerProperties.class).doesNotHaveBean(LlmPolicies.class);
			assertThat(context.getBean(BreakerRegistry.class).isOff()).isTrue();
			assertThat(context.getBean(LlmProviders.class).find("openai")).isEmpty();
			LlmBreakers breakers = context.getBean(LlmBreakers.class);
			assertThat(breakers.call(GPT, () -> "hello")).isEqualTo("hello");
			assertThat(breakers.all()).isEmpty();
			assertThat(breakers.find("openai:gpt-4.1")).isEmpty();
		});
	}

	@Test
	void environmentVariablesSwitchItOff() {
		this.runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
						Map.of("LLMBREAKER_ENABLED", "false"))))
			.run((context) -> assertThat(context.getBean(BreakerRegistry.class).isOff()).isTrue());
	}

	@Test
	void beansOfTheApplicationWin() {
		this.runner.withUserConfiguration(OwnBeans.class)
			.run((context) -> assertThat(context).hasSingleBean(BreakerRegistry.class)
				.hasSingleBean(LlmPolicies.class)
				.hasSingleBean(LlmProviders.class)
				.hasSingleBean(Ticker.class)
				.hasSingleBean(LlmBreakers.class)
				.hasBean("ownRegistry")
				.hasBean("ownPolicies")
				.hasBean("ownProviders")
				.hasBean("ownTicker")
				.hasBean("ownBreakers"));
	}

	@Test
	void needsNoneOfTheOptionalLibraries() {
		this.runner
			.withClassLoader(new FilteredClassLoader(Flux.class, WebClient.class, RestClient.class, MeterRegistry.class,
					Endpoint.class))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(LlmBreakers.class));
	}

	@Test
	void customizersChangeTheJudgementInTheirOrder() {
		this.runner.withUserConfiguration(Customizers.class).run((context) -> {
			BreakerRegistry registry = context.getBean(BreakerRegistry.class);
			CallOutcome outcome = registry.gate(GPT).acquire(null).complete(TestRegistry.FAILURE);
			assertThat(context.getBean(Customizers.class).asked).containsExactly("first", "second");
			assertThat(outcome.kind()).isEqualTo(OutcomeKind.CLIENT_ERROR);
		});
	}

	@Test
	void listenersAreTold() {
		this.runner.withUserConfiguration(Listeners.class).run((context) -> {
			context.getBean(LlmBreakers.class).call(GPT, () -> "hello");
			assertThat(context.getBean(Listeners.class).created).containsExactlyInAnyOrder("openai", "openai:gpt-4.1");
		});
	}

	@Test
	void dialectsOfTheApplicationMakeProviders() {
		this.runner.withUserConfiguration(Dialects.class)
			.withPropertyValues("llm-breaker.providers.house-gateway.dialect=house",
					"llm-breaker.providers.house-gateway.base-urls=http://gateway:8000")
			.run((context) -> {
				LlmProviders providers = context.getBean(LlmProviders.class);
				assertThat(providers.find("house")).isPresent();
				assertThat(providers.find("house-gateway").orElseThrow().dialect().id()).isEqualTo("house");
			});
	}

	@Test
	void timesAreThoseOfTheClockAndTheTicker() {
		this.runner.withUserConfiguration(Times.class)
			.withPropertyValues("llm-breaker.defaults.preset=balanced")
			.run((context) -> {
				BreakerRegistry registry = context.getBean(BreakerRegistry.class);
				TestRegistry.calls(registry, GPT, 5, TestRegistry.FAILURE);
				Breaker breaker = registry.find("openai:gpt-4.1").orElseThrow();
				BreakerSnapshot snapshot = breaker.snapshot();
				assertThat(snapshot.stateSince()).isEqualTo(Times.NOW);
				Duration before = breaker.remainingCooldown();
				context.getBean(VirtualTime.class).advance(Duration.ofSeconds(5));
				assertThat(breaker.remainingCooldown()).isEqualTo(before.minusSeconds(5));
			});
	}

	@Test
	void oneOfSeveralClocksIsNotGuessed() {
		this.runner.withUserConfiguration(TwoClocks.class)
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(BreakerRegistry.class));
	}

	@Test
	void propertiesReachTheRegistry() {
		this.runner
			.withPropertyValues("llm-breaker.mode=observe", "llm-breaker.isolation=endpoint",
					"llm-breaker.policies.premium.models=gpt-4*", "llm-breaker.policies.premium.failure-threshold=2",
					"llm-breaker.provider-defaults.cooldown=7s")
			.run((context) -> {
				BreakerRegistry registry = context.getBean(BreakerRegistry.class);
				assertThat(registry.mode()).isEqualTo(BreakerMode.OBSERVE);
				registry.gate(GPT).acquire(null).complete(TestRegistry.SUCCESS);
				Breaker model = registry.find("openai:chat.completions:gpt-4.1").orElseThrow();
				assertThat(model.policy().name()).isEqualTo("premium");
				assertThat(model.policy().failureThreshold()).isEqualTo(2);
				assertThat(registry.find("openai").orElseThrow().policy().cooldown().base())
					.isEqualTo(Duration.ofSeconds(7));
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnBeans {

		@Bean
		BreakerRegistry ownRegistry() {
			return TestRegistry.create(new VirtualTime());
		}

		@Bean
		LlmPolicies ownPolicies() {
			return new PolicyCatalog(Bound.yaml(""), (id) -> false);
		}

		@Bean
		LlmProviders ownProviders() {
			return new LlmProviders(List.of(), List.of());
		}

		@Bean
		Ticker ownTicker() {
			return () -> 0;
		}

		@Bean
		LlmBreakers ownBreakers(CallGuard guard) {
			return new RegistryLlmBreakers(guard);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		private final List<String> asked = new ArrayList<>();

		@Bean
		@Order(2)
		OutcomeCustomizer second() {
			return (target, outcome) -> {
				this.asked.add("second");
				return new CallOutcome(OutcomeKind.CLIENT_ERROR, OutcomeScope.NONE, false, null, null);
			};
		}

		@Bean
		@Order(1)
		OutcomeCustomizer first() {
			return (target, outcome) -> {
				this.asked.add("first");
				return outcome;
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		private final List<String> created = new ArrayList<>();

		@Bean
		BreakerListener listener() {
			return new BreakerListener() {

				@Override
				public void onCreated(BreakerView breaker) {
					Listeners.this.created.add(breaker.name());
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Times {

		static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

		@Bean
		Clock clock() {
			return Clock.fixed(NOW, ZoneOffset.UTC);
		}

		@Bean
		VirtualTime time() {
			return new VirtualTime();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoClocks {

		@Bean
		Clock one() {
			return Clock.systemUTC();
		}

		@Bean
		Clock two() {
			return Clock.systemUTC();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Dialects {

		@Bean
		LlmDialect house() {
			return new LlmDialect() {

				@Override
				public String id() {
					return "house";
				}

				@Override
				public List<String> hosts() {
					return List.of("llm.house.internal");
				}

				@Override
				public LlmOperation operation(String path) {
					return LlmOperation.UNKNOWN;
				}

				@Override
				public CallOutcome classify(ErrorAnswer answer) {
					throw new UnsupportedOperationException();
				}

				@Override
				public BodyObserver observe(AnswerHead head) {
					throw new UnsupportedOperationException();
				}

			};
		}

	}

}
