// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.LlmGuarded;
import io.github.llmbreaker.autoconfigure.LlmBreakerAopAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerAutoConfiguration;
import io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * What a guarded method costs: not more than one with Resilience4j's own annotation.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GuardedMethodBenchmark {

	private ConfigurableApplicationContext guardedContext;

	private ConfigurableApplicationContext annotatedContext;

	private Guarded guarded;

	private Annotated annotated;

	private final Annotated plain = new Annotated();

	@Setup
	public void setUp() {
		this.guardedContext = start(GuardedApplication.class, true);
		this.annotatedContext = start(AnnotatedApplication.class, false);
		this.guarded = this.guardedContext.getBean(Guarded.class);
		this.annotated = this.annotatedContext.getBean(Annotated.class);
	}

	@TearDown
	public void tearDown() {
		this.guardedContext.close();
		this.annotatedContext.close();
	}

	@Benchmark
	public String value() {
		return this.guarded.ask("gpt-4.1");
	}

	@Benchmark
	public String valueWithParameter() {
		return this.guarded.askModel("gpt-4.1");
	}

	@Benchmark
	public String valueWithFallback() {
		return this.guarded.askWithFallback("gpt-4.1");
	}

	@Benchmark
	public String valueOfResilience4j() {
		return this.annotated.ask("gpt-4.1");
	}

	@Benchmark
	public String valueOfResilience4jWithFallback() {
		return this.annotated.askWithFallback("gpt-4.1");
	}

	@Benchmark
	public String valueUnguarded() {
		return this.plain.ask("gpt-4.1");
	}

	@Benchmark
	public String stage() {
		return this.guarded.later("gpt-4.1").join();
	}

	@Benchmark
	public String stageOfResilience4j() {
		return this.annotated.later("gpt-4.1").join();
	}

	@Benchmark
	public String mono() {
		return this.guarded.mono("gpt-4.1").block();
	}

	@Benchmark
	public String monoOfResilience4j() {
		return this.annotated.mono("gpt-4.1").block();
	}

	private static ConfigurableApplicationContext start(Class<?> application, boolean enabled) {
		return new SpringApplicationBuilder(application).web(WebApplicationType.NONE)
			.properties(Map.of("spring.main.banner-mode", "off", "logging.level.root", "warn",
					"llm-breaker.enabled", enabled))
			.run();
	}

	public static class Guarded {

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public String ask(String model) {
			return model;
		}

		@LlmGuarded(provider = "openai", model = "#model")
		public String askModel(String model) {
			return model;
		}

		@LlmGuarded(provider = "openai", model = "gpt-4.1", fallbackMethod = "instead")
		public String askWithFallback(String model) {
			return model;
		}

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public CompletableFuture<String> later(String model) {
			return CompletableFuture.completedFuture(model);
		}

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public Mono<String> mono(String model) {
			return Mono.just(model);
		}

		String instead(String model) {
			return "";
		}

	}

	public static class Annotated {

		@CircuitBreaker(name = "gpt")
		public String ask(String model) {
			return model;
		}

		@CircuitBreaker(name = "gpt", fallbackMethod = "instead")
		public String askWithFallback(String model) {
			return model;
		}

		@CircuitBreaker(name = "gpt")
		public CompletableFuture<String> later(String model) {
			return CompletableFuture.completedFuture(model);
		}

		@CircuitBreaker(name = "gpt")
		public Mono<String> mono(String model) {
			return Mono.just(model);
		}

		String instead(String model, Throwable failure) {
			return "";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ LlmBreakerAutoConfiguration.class, LlmBreakerAopAutoConfiguration.class })
	@Import(Guarded.class)
	static class GuardedApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Annotated.class)
	static class AnnotatedApplication {

	}

}
