// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.actuate.endpoint.LlmBreakersWebEndpointExtension;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * An application without any provider whose breakers have had a bad hour, to look at the
 * page in a browser. With {@code --demo.breakers=1000} there are that many breakers, with
 * {@code --demo.security=true} there are users: viewer and admin, their passwords like
 * their names.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ PageDemoServletSecurity.class, PageDemoReactiveSecurity.class })
public class PageDemo {

	private static final Duration STEP = Duration.ofSeconds(5);

	private static final int STEPS = 720;

	private static final Random RANDOM = new Random(42);

	@Bean
	DemoTime demoTime() {
		return new DemoTime();
	}

	/** Starts the application. */
	public static void main(String... args) {
		run(args);
	}

	/** Starts the application, and plays the hour. */
	public static ConfigurableApplicationContext run(String... args) {
		SpringApplication application = new SpringApplication(PageDemo.class);
		application.setDefaultProperties(Map.of("management.endpoints.web.exposure.include", "llmbreakers",
				"llm-breaker.policies.premium.models", "anthropic:claude-*", "llm-breaker.policies.premium.cooldown",
				"20s", "llm-breaker.defaults.max-cooldown", "10m", "llm-breaker.max-breakers", "2000"));
		ConfigurableApplicationContext context = application.run(args);
		if (context.getEnvironment().getProperty("demo.hour", Boolean.class, true)) {
			play(context);
		}
		return context;
	}

	private static void play(ConfigurableApplicationContext context) {
		new Hour(context.getBean(BreakerRegistry.class), context.getBean(DemoTime.class),
				context.getBean(LlmBreakersWebEndpointExtension.class))
			.play(context.getEnvironment().getProperty("demo.breakers", Integer.class, 0));
		LoggerFactory.getLogger(PageDemo.class).info("Played the hour");
	}

	/**
	 * An hour of calls.
	 */
	private record Hour(BreakerRegistry registry, DemoTime time, LlmBreakersWebEndpointExtension endpoint) {

		void play(int breakers) {
			for (int i = 0; i < breakers; i++) {
				this.registry.gate(LlmTarget.of("vendor-" + i % 12, "model-%04d".formatted(i)));
			}
			for (int step = 0; step < STEPS; step++) {
				step(step);
				this.time.advance(STEP);
				if (step % 3 == 0) {
					this.endpoint.breakers("timelines", null);
				}
			}
			for (int i = 0; i < breakers; i += 3) {
				calls("vendor-" + i % 12, "model-%04d".formatted(i), 20, null, 0);
			}
			this.registry.find("anthropic:claude-opus-4-1").orElseThrow().forceOpen(Duration.ofMinutes(42));
			this.registry.find("ollama:llama3:8b").orElseThrow().disable();
		}

		private void step(int step) {
			double busy = 1 + Math.sin(step / 60.0);
			boolean late = step > STEPS - 40;
			calls("openai", "gpt-4.1", (int) (12 * busy), late ? failure(OutcomeKind.OVERLOADED, 529, 20) : null,
					late ? 0.95 : 0);
			calls("openai", "gpt-4.1-mini", (int) (30 * busy), failure(OutcomeKind.SERVER_ERROR, 500, 0), 0.01);
			calls("openai", "o3", 3, failure(OutcomeKind.TIMEOUT, 0, 0), (step / 60 % 3 == 1) ? 0.8 : 0);
			calls("anthropic", "claude-sonnet-4-5", (int) (8 * busy), failure(OutcomeKind.RATE_LIMITED, 429, 45),
					(step % 240 > 140) ? 0.9 : 0.02);
			calls("anthropic", "claude-opus-4-1", 2, null, 0);
			calls("gemini", "gemini-2.5-flash", 5, failure(OutcomeKind.OVERLOADED, 503, 0), 0.04);
			calls("ollama", "llama3:8b", (step % 20 == 0) ? 4 : 0, null, 0);
			calls("openrouter", "meta-llama/Llama-3.1-8B:free", (step % 6 == 0) ? 5 : 0, null, 0);
			calls("mistral", "mistral-large", 3, (step > STEPS - 200)
					? new CallOutcome(OutcomeKind.AUTH, OutcomeScope.PROVIDER, true, null, 401) : null,
					(step > STEPS - 200) ? 1 : 0);
		}

		private void calls(String provider, String model, int times, @Nullable CallOutcome failure, double share) {
			for (int i = 0; i < times; i++) {
				try {
					CallPermit permit = this.registry.gate(new LlmTarget(provider, "chat.completions", model))
						.acquire(null);
					boolean fails = failure != null && RANDOM.nextDouble() < share;
					this.time.advance(Duration.ofMillis(fails ? 60 : 2));
					permit.complete((failure != null && fails) ? failure
							: new CallOutcome(OutcomeKind.SUCCESS, OutcomeScope.NONE, false, null, 200));
				}
				catch (LlmCallRejectedException ex) {
					// that is what the page is about
				}
			}
		}

		private static CallOutcome failure(OutcomeKind kind, int status, int seconds) {
			return new CallOutcome(kind, OutcomeScope.MODEL, true, (seconds > 0) ? Duration.ofSeconds(seconds) : null,
					(status > 0) ? status : null);
		}

	}

	/**
	 * Goes like the system's, and ahead when told so.
	 */
	static final class DemoTime extends Clock implements Ticker {

		private volatile Duration ahead = STEP.multipliedBy(STEPS).negated();

		void advance(Duration duration) {
			this.ahead = this.ahead.plus(duration);
		}

		@Override
		public long nanos() {
			return Ticker.SYSTEM.nanos() + this.ahead.toNanos();
		}

		@Override
		public Instant instant() {
			return Clock.systemUTC().instant().plus(this.ahead);
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
