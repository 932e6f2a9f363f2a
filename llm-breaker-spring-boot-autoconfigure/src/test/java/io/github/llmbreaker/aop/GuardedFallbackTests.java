// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmGuarded;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.cache.CacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of who answers instead of a guarded method.
 */
class GuardedFallbackTests {

	@Test
	@DisplayName("after a model's failure the sibling is called with the model replaced")
	void siblingAnswersAfterAModelFailure() {
		GuardedContext.runner(Explicit.class).run((context) -> {
			Explicit bean = context.getBean(Explicit.class);
			GuardedContext.behind(bean).failures.put("gpt-4.1", GuardedContext.rateLimited(60));
			assertThat(bean.ask("openai", "gpt-4.1", "hi")).isEqualTo("openai/gpt-4.1-mini");
			assertThat(GuardedContext.behind(bean).asked).containsExactly("openai/gpt-4.1", "openai/gpt-4.1-mini");
		});
	}

	@Test
	@DisplayName("after a provider's failure its siblings are skipped without a call")
	void siblingsAreSkippedAfterAProviderFailure() {
		GuardedContext.runner(Explicit.class).run((context) -> {
			Explicit bean = context.getBean(Explicit.class);
			GuardedContext.behind(bean).failures.put("gpt-4.1", GuardedContext.status(401, "{}"));
			assertThat(bean.ask("openai", "gpt-4.1", "hi")).isEqualTo("anthropic/claude-x");
			assertThat(GuardedContext.behind(bean).asked).containsExactly("openai/gpt-4.1", "anthropic/claude-x");
		});
	}

	@Test
	@DisplayName("business exceptions are not rerouted")
	void businessExceptionsAreNotRerouted() {
		GuardedContext.runner(Explicit.class, WithMethod.class).run((context) -> {
			Explicit bean = context.getBean(Explicit.class);
			GuardedContext.behind(bean).failures.put("gpt-4.1", new IllegalArgumentException("bad prompt"));
			assertThatExceptionOfType(IllegalArgumentException.class)
				.isThrownBy(() -> bean.ask("openai", "gpt-4.1", "hi"));
			assertThat(GuardedContext.behind(bean).asked).hasSize(1);
			WithMethod other = context.getBean(WithMethod.class);
			GuardedContext.behind(other).failure = new IllegalArgumentException("bad prompt");
			assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> other.ask("hi"));
		});
	}

	@Test
	@DisplayName("open targets are skipped without a call")
	void openTargetsAreSkipped() {
		GuardedContext.runner(Explicit.class).run((context) -> {
			GuardedContext.open(context, "openai", "gpt-4.1");
			GuardedContext.open(context, "openai", "gpt-4.1-mini");
			Explicit bean = context.getBean(Explicit.class);
			assertThat(bean.ask("openai", "gpt-4.1", "hi")).isEqualTo("anthropic/claude-x");
			assertThat(GuardedContext.behind(bean).asked).containsExactly("anthropic/claude-x");
		});
	}

	@Test
	@DisplayName("all failed: the first real error with the others suppressed")
	void firstRealErrorIsThrown() {
		GuardedContext.runner(Explicit.class).run((context) -> {
			GuardedContext.open(context, "openai", "gpt-4.1");
			Explicit bean = context.getBean(Explicit.class);
			Exception first = GuardedContext.unavailable();
			GuardedContext.behind(bean).failures.put("gpt-4.1-mini", first);
			GuardedContext.behind(bean).failures.put("claude-x", new IOException("reset"));
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> bean.ask("openai", "gpt-4.1", "hi"))
				.isSameAs(first)
				.satisfies((ex) -> assertThat(ex.getSuppressed()).hasSize(2)
					.extracting(Throwable::getMessage)
					.allSatisfy((message) -> assertThat(message).doesNotContain("reset")));
		});
	}

	@Test
	@DisplayName("an explicit list replaces the configured one")
	void explicitListReplacesTheConfiguredOne() {
		GuardedContext.runner(Explicit.class)
			.withPropertyValues("llm-breaker.defaults.fallbacks=gpt-4.1-nano")
			.run((context) -> {
				Explicit bean = context.getBean(Explicit.class);
				GuardedContext.behind(bean).failures.put("gpt-4.1", GuardedContext.unavailable());
				GuardedContext.behind(bean).failures.put("gpt-4.1-mini", GuardedContext.unavailable());
				GuardedContext.behind(bean).failures.put("claude-x", GuardedContext.unavailable());
				assertThatExceptionOfType(Exception.class).isThrownBy(() -> bean.ask("openai", "gpt-4.1", "hi"));
				assertThat(GuardedContext.behind(bean).asked).doesNotContain("openai/gpt-4.1-nano");
			});
	}

	@Test
	@DisplayName("configured fallbacks are honoured when the model is a parameter")
	void configuredFallbacks() {
		GuardedContext.runner(Configured.class)
			.withPropertyValues("llm-breaker.defaults.fallbacks=gpt-4.1-nano")
			.run((context) -> {
				Configured bean = context.getBean(Configured.class);
				assertThat(bean.ask("gpt-4.1")).isEqualTo("gpt-4.1-nano");
				assertThatExceptionOfType(Exception.class).isThrownBy(bean::askFixed);
			});
	}

	@Test
	@DisplayName("retries follow the policy, with the method called again")
	void retries() {
		GuardedContext.runner(Flaky.class)
			.withPropertyValues("llm-breaker.defaults.retry.max-retries=2", "llm-breaker.defaults.failure-threshold=5")
			.run((context) -> {
				Flaky bean = context.getBean(Flaky.class);
				GuardedContext.behind(bean).failures
					.addAll(List.of(GuardedContext.unavailable(), new IOException("reset")));
				assertThat(bean.ask()).isEqualTo("answer 3");
				assertThat(GuardedContext.calls(context, "openai:gpt-4.1").failed()).isEqualTo(2);
				GuardedContext.behind(bean).failures.add(new IllegalStateException("bug"));
				assertThatExceptionOfType(IllegalStateException.class).isThrownBy(bean::ask);
			});
	}

	@Test
	@DisplayName("an interrupted caller gets the error at once and stays interrupted")
	void interruptedWait() {
		GuardedContext.runner(Flaky.class)
			.withPropertyValues("llm-breaker.defaults.retry.max-retries=1", "llm-breaker.defaults.retry.backoff=1h",
					"llm-breaker.defaults.retry.max-backoff=1h")
			.run((context) -> {
				Flaky bean = context.getBean(Flaky.class);
				Exception failure = GuardedContext.unavailable();
				GuardedContext.behind(bean).failures.add(failure);
				Thread.currentThread().interrupt();
				assertThatExceptionOfType(Exception.class).isThrownBy(bean::ask).isSameAs(failure);
				assertThat(Thread.interrupted()).isTrue();
			});
	}

	@Test
	@DisplayName("nested retries are not multiplied")
	void nestedRetriesAreNotMultiplied() {
		GuardedContext.runner(Flaky.class, OverFlaky.class)
			.withPropertyValues("llm-breaker.defaults.retry.max-retries=2", "llm-breaker.defaults.failure-threshold=50")
			.run((context) -> {
				Flaky bean = context.getBean(Flaky.class);
				for (int i = 0; i < 9; i++) {
					GuardedContext.behind(bean).failures.add(GuardedContext.unavailable());
				}
				assertThatExceptionOfType(Exception.class).isThrownBy(context.getBean(OverFlaky.class)::ask);
				assertThat(GuardedContext.behind(bean).calls).isEqualTo(3);
			});
	}

	@Test
	void fallbackMethodWithTheMostSpecificException() {
		GuardedContext.runner(WithMethod.class).run((context) -> {
			WithMethod bean = context.getBean(WithMethod.class);
			GuardedContext.behind(bean).failure = GuardedContext.unavailable();
			assertThat(bean.ask("hi")).isEqualTo("failed hi");
			assertThat(bean.ask("hi")).isEqualTo("failed hi");
			assertThat(bean.ask("hi")).isEqualTo("rejected hi");
		});
	}

	@Test
	void fallbackMethodThatThrowsKeepsTheErrorSuppressed() {
		GuardedContext.runner(Throwing.class).run((context) -> {
			Throwing bean = context.getBean(Throwing.class);
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(bean::ask)
				.satisfies((ex) -> assertThat(ex.getSuppressed()).containsExactly(GuardedContext.behind(bean).failure));
		});
	}

	@Test
	void cacheAnswersBeforeTheMethod() {
		GuardedContext.runner(Caches.class, Cached.class)
			.withPropertyValues("llm-breaker.defaults.failure-threshold=9")
			.run((context) -> {
				Cached bean = context.getBean(Cached.class);
				assertThat(bean.ask("one")).isEqualTo("fresh one");
				GuardedContext.behind(bean).failure = GuardedContext.unavailable();
				assertThat(bean.ask("one")).isEqualTo("fresh one");
				assertThat(bean.ask("two")).isEqualTo("instead of two");
				assertThat(context.getBean(CacheManager.class).getCache("answers").get("one").get())
					.isEqualTo("fresh one");
				GuardedContext.behind(bean).failure = new IllegalArgumentException();
				assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> bean.ask("one"));
			});
	}

	@Test
	void cachedAnswerWhileOpenAndForPrimitives() {
		GuardedContext.runner(Caches.class, Counting.class).run((context) -> {
			Counting bean = context.getBean(Counting.class);
			assertThat(bean.tokens("hi")).isEqualTo(2);
			GuardedContext.open(context, "openai", "gpt-4.1");
			assertThat(bean.tokens("hi")).isEqualTo(2);
			assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> bean.tokens("other"));
		});
	}

	@Test
	void observeModeRejectsNothingAndReroutesNothing() {
		GuardedContext.runner(Explicit.class).withPropertyValues("llm-breaker.mode=observe").run((context) -> {
			Explicit bean = context.getBean(Explicit.class);
			Exception failure = GuardedContext.unavailable();
			GuardedContext.behind(bean).failures.put("gpt-4.1", failure);
			for (int i = 0; i < 5; i++) {
				assertThatExceptionOfType(Exception.class).isThrownBy(() -> bean.ask("openai", "gpt-4.1", "hi"))
					.isSameAs(failure);
			}
			assertThat(GuardedContext.behind(bean).asked).hasSize(5);
		});
	}

	static class Explicit {

		final Map<String, Exception> failures = new HashMap<>();

		final List<String> asked = new CopyOnWriteArrayList<>();

		@LlmGuarded(provider = "#provider", model = "#model", fallbackModels = { "gpt-4.1-mini", "anthropic:claude-x" })
		public String ask(String provider, String model, String prompt) throws Exception {
			this.asked.add(provider + "/" + model);
			if (this.failures.containsKey(model)) {
				throw this.failures.get(model);
			}
			return provider + "/" + model;
		}

	}

	static class Configured {

		@LlmGuarded(provider = "openai", model = "#model")
		public String ask(String model) {
			if (model.equals("gpt-4.1")) {
				throw GuardedContext.unavailable();
			}
			return model;
		}

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public String askFixed() {
			throw GuardedContext.unavailable();
		}

	}

	static class Flaky {

		final List<Exception> failures = new ArrayList<>();

		int calls;

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public String ask() throws Exception {
			this.calls++;
			if (!this.failures.isEmpty()) {
				throw this.failures.remove(0);
			}
			return "answer " + this.calls;
		}

	}

	static class OverFlaky {

		private final Flaky flaky;

		OverFlaky(Flaky flaky) {
			this.flaky = flaky;
		}

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public String ask() throws Exception {
			return this.flaky.ask();
		}

	}

	static class WithMethod {

		Exception failure;

		@LlmGuarded(provider = "openai", model = "gpt-4.1", fallbackMethod = "instead")
		public String ask(String prompt) throws Exception {
			throw this.failure;
		}

		private String instead(String prompt, LlmCallRejectedException rejection) {
			return "rejected " + prompt;
		}

		String instead(String prompt, Throwable failure) {
			return "failed " + prompt;
		}

		protected Object instead(int unrelated) {
			return unrelated;
		}

	}

	static class Throwing {

		final RuntimeException failure = GuardedContext.unavailable();

		@LlmGuarded(provider = "openai", model = "gpt-4.1", fallbackMethod = "instead")
		public String ask() {
			throw this.failure;
		}

		private String instead() {
			throw new UnsupportedOperationException();
		}

	}

	static class Cached {

		Exception failure;

		@LlmGuarded(provider = "openai", model = "gpt-4.1", fallbackCache = "answers", fallbackMethod = "instead")
		public String ask(String prompt) throws Exception {
			if (this.failure != null) {
				throw this.failure;
			}
			return "fresh " + prompt;
		}

		String instead(String prompt) {
			return "instead of " + prompt;
		}

	}

	static class Counting {

		@LlmGuarded(provider = "openai", model = "gpt-4.1", fallbackCache = "answers")
		public int tokens(String prompt) {
			return prompt.length();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Caches {

		@Bean
		CacheManager cacheManager() {
			return new ConcurrentMapCacheManager("answers");
		}

	}

}
