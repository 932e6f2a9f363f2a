// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.github.llmbreaker.LlmGuarded;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import org.springframework.cache.CacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what stops the application.
 */
@DisplayName("what cannot be guarded as written stops the application with the method, the reason and the fix")
class InvalidGuardTests {

	@Test
	void noProvider() {
		fails(NoProvider.class, "NoProvider.ask()", "does not say which provider", "Set 'provider'");
		fails(UnknownPrefix.class, "UnknownPrefix.ask()", "does not say which provider", "provider:model");
	}

	@Test
	void unknownParameter() {
		fails(UnknownParameter.class, "has the model '#modle', but there is no parameter 'modle'", "'#p0'");
		fails(UnknownPosition.class, "there is no parameter 'p3'");
		fails(BadReference.class, "'#model + 1' is no reference");
	}

	@Test
	void fallbackModelsWithoutAParameter() {
		fails(FixedModel.class, "has fallback models, but its model is no parameter", "#nameOfTheParameter");
		fails(NoText.class, "has fallback models, but its model is no parameter");
	}

	@Test
	void fallbackMethods() {
		fails(NoMethod.class, "names the fallback method 'instead', which does not exist",
				"Declare 'java.lang.String instead(String)'");
		fails(OtherParameters.class, "no method of that name fits", "OtherParameters.instead(int)",
				"Declare 'java.lang.String instead(String)'");
		fails(OtherType.class, "no method of that name fits",
				"Declare 'java.util.concurrent.CompletableFuture<java.lang.String> instead()'");
	}

	@Test
	void fallbackCache() {
		fails(NoCache.class, "names the fallback cache 'answers', but there is no single CacheManager");
		GuardedContext.runner(NoCache.class)
			.withBean(CacheManager.class, () -> new ConcurrentMapCacheManager("other"))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("which does not exist")
				.hasMessageContaining("[other]"));
	}

	@Test
	void ownKindOfStage() {
		fails(OwnStage.class, "returns '" + Stage.class.getName() + "'", "Return CompletionStage or CompletableFuture");
	}

	@Test
	void unresolvablePlaceholder() {
		fails(Placeholder.class, "app.missing");
	}

	@Test
	void unknownProvider() {
		fails(Misspelt.class, "names the provider 'opnai'", "Did you mean 'openai'?");
		fails(HalfName.class, "names the provider 'gemini'", "Did you mean 'google-gemini'?");
		fails(Unknown.class, "names the provider 'in-house'", "'llm-breaker.providers.in-house.base-urls'");
	}

	@Test
	void providerWithAPartition() {
		GuardedContext.runner(Partition.class).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void methodsThatNoProxyMeets() {
		fails(PrivateMethod.class, "PrivateMethod.ask()", "is private", "Make it public");
		fails(StaticMethod.class, "StaticMethod.ask()", "is static", "method of the bean");
		fails(FinalMethod.class, "FinalMethod.ask()", "is final", "Remove 'final'");
		fails(RecordBean.class, "RecordBean.ask()", "is in a record", "not final");
		fails(FinalBean.class, "FinalBean.ask()", "is in a final class", "not final");
	}

	@Test
	void finalMethodBehindAnInterface() {
		GuardedContext.runner(Interfaced.class)
			.withPropertyValues("spring.aop.proxy-target-class=false")
			.run((context) -> assertThat(context.getBean(Asking.class).ask()).isEqualTo("Hi"));
	}

	private static void fails(Class<?> bean, String... parts) {
		Consumer<Throwable> check = (failure) -> assertThat(failure).rootCause().hasMessageContainingAll(parts);
		GuardedContext.runner(bean).run((context) -> assertThat(context).getFailure().satisfies(check));
	}

	static class NoProvider {

		@LlmGuarded(model = "gpt-4.1")
		public void ask() {
		}

	}

	static class UnknownPrefix {

		@LlmGuarded(model = "llama3:8b")
		public void ask() {
		}

	}

	static class UnknownParameter {

		@LlmGuarded(provider = "openai", model = "#modle")
		public void ask(String model) {
		}

	}

	static class UnknownPosition {

		@LlmGuarded(provider = "openai", model = "#p3")
		public void ask(String model) {
		}

	}

	static class BadReference {

		@LlmGuarded(provider = "openai", model = "#model + 1")
		public void ask(String model) {
		}

	}

	static class FixedModel {

		@LlmGuarded(provider = "openai", model = "gpt-4.1", fallbackModels = "mini")
		public void ask(String model) {
		}

	}

	static class NoText {

		@LlmGuarded(provider = "openai", model = "#model", fallbackModels = "mini")
		public void ask(Integer model) {
		}

	}

	static class NoMethod {

		@LlmGuarded(provider = "openai", model = "gpt-4.1", fallbackMethod = "instead")
		public String ask(String prompt) {
			return prompt;
		}

	}

	static class OtherParameters {

		@LlmGuarded(provider = "openai", model = "gpt-4.1", fallbackMethod = "instead")
		public String ask(String prompt) {
			return prompt;
		}

		String instead(int number) {
			return "";
		}

	}

	static class OtherType {

		@LlmGuarded(provider = "openai", model = "gpt-4.1", fallbackMethod = "instead")
		public CompletableFuture<String> ask() {
			return CompletableFuture.completedFuture("");
		}

		CompletableFuture<Integer> instead() {
			return CompletableFuture.completedFuture(1);
		}

	}

	static class NoCache {

		@LlmGuarded(provider = "openai", model = "gpt-4.1", fallbackCache = "answers")
		public String ask() {
			return "";
		}

	}

	static class Stage extends CompletableFuture<String> {

	}

	static class OwnStage {

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public Stage ask() {
			return new Stage();
		}

	}

	static class Placeholder {

		@LlmGuarded(provider = "openai", model = "${app.missing}")
		public void ask() {
		}

	}

	static class Misspelt {

		@LlmGuarded(provider = "opnai", model = "gpt-4.1")
		public String ask() {
			return "";
		}

	}

	static class HalfName {

		@LlmGuarded(provider = "gemini", model = "gpt-4.1")
		public String ask() {
			return "";
		}

	}

	static class Unknown {

		@LlmGuarded(provider = "in-house", model = "gpt-4.1")
		public String ask() {
			return "";
		}

	}

	static class Partition {

		@LlmGuarded(provider = "openai@tenant-a", model = "gpt-4.1")
		public String ask() {
			return "";
		}

	}

	static class PrivateMethod {

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		private String ask() {
			return "";
		}

	}

	static class StaticMethod {

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public static String ask() {
			return "";
		}

	}

	static class FinalMethod {

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public final String ask() {
			return "";
		}

	}

	record RecordBean() {

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public String ask() {
			return "";
		}

	}

	static final class FinalBean {

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public String ask() {
			return "";
		}

	}

	interface Asking {

		String ask();

	}

	static class Interfaced implements Asking {

		@Override
		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public final String ask() {
			return "Hi";
		}

	}

}
