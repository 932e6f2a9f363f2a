// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmGuarded;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.VirtualTime;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.aop.support.AopUtils;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.core.annotation.AliasFor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of guarded methods that return values.
 */
class GuardedMethodTests {

	private static final String GPT = "openai:gpt-4.1";

	@Test
	@DisplayName("a method opens its model's breaker, is rejected, and recovers after the cooldown")
	void fullCycle() {
		GuardedContext.runner(Assistant.class).run((context) -> {
			Assistant assistant = context.getBean(Assistant.class);
			assertThat(assistant.ask("hi")).isEqualTo("answer to hi");
			GuardedContext.behind(assistant).failure = GuardedContext.unavailable();
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> assistant.ask("1"))
				.isSameAs(GuardedContext.behind(assistant).failure);
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> assistant.ask("2"))
				.isSameAs(GuardedContext.behind(assistant).failure);
			assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> assistant.ask("3"))
				.withMessageContaining(GPT);
			assertThat(GuardedContext.behind(assistant).calls).hasValue(3);
			GuardedContext.behind(assistant).failure = null;
			context.getBean(VirtualTime.class).advanceSeconds(30);
			assertThat(assistant.ask("4")).isEqualTo("answer to 4");
			assertThat(GuardedContext.state(context, GPT)).isEqualTo(BreakerState.CLOSED);
			assertThat(CallPermit.current()).isNull();
		});
	}

	@Test
	@DisplayName("business exceptions are neutral and change no streak")
	void businessExceptionsAreNeutral() {
		GuardedContext.runner(Assistant.class).run((context) -> {
			Assistant assistant = context.getBean(Assistant.class);
			for (int i = 0; i < 10; i++) {
				GuardedContext.behind(assistant).failure = new IllegalArgumentException("empty prompt");
				assertThatIllegalArgumentException().isThrownBy(() -> assistant.ask(""));
			}
			assertThat(GuardedContext.calls(context, GPT).neutral()).isEqualTo(10);
			assertThat(GuardedContext.state(context, GPT)).isEqualTo(BreakerState.CLOSED);
		});
	}

	@Test
	@DisplayName("the wait that an exception carries is the cooldown")
	void waitHintOfAnExceptionLengthensTheCooldown() {
		GuardedContext.runner(Assistant.class).run((context) -> {
			Assistant assistant = context.getBean(Assistant.class);
			GuardedContext.behind(assistant).failure = GuardedContext.rateLimited(90);
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> assistant.ask("1"));
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> assistant.ask("2"));
			assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> assistant.ask("3"))
				.satisfies((ex) -> assertThat(ex.getRetryAfter()).hasSeconds(90));
		});
	}

	@Test
	@DisplayName("a bad key stops the siblings, too")
	void authStopsSiblings() {
		GuardedContext.runner(ByParameter.class)
			.withPropertyValues("llm-breaker.provider-defaults.failure-threshold=1")
			.run((context) -> {
				ByParameter bean = context.getBean(ByParameter.class);
				GuardedContext.behind(bean).failure = GuardedContext.status(401,
						"{\"error\":{\"code\":\"invalid_api_key\"}}");
				assertThatExceptionOfType(Exception.class).isThrownBy(() -> bean.ask("gpt-4.1", "hi"));
				assertThatExceptionOfType(LlmCallRejectedException.class)
					.isThrownBy(() -> bean.ask("gpt-4.1-mini", "hi"))
					.withMessageContaining("'openai' is open after AUTH");
			});
	}

	@Test
	@DisplayName("parameters name the target")
	void parametersNameTheTarget() {
		GuardedContext.runner(ByParameter.class).run((context) -> {
			ByParameter bean = context.getBean(ByParameter.class);
			assertThat(bean.ask("gpt-4.1", "hi")).isEqualTo("gpt-4.1: hi");
			assertThat(bean.askByPosition("anthropic", "claude-x")).isEqualTo(LlmTarget.of("anthropic", "claude-x"));
			assertThat(bean.askByPosition("Anthropic", null)).isEqualTo(new LlmTarget("anthropic", null, null));
			assertThat(bean.askByProperty(new Request("o3", null))).isEqualTo(LlmTarget.of("openai", "o3"));
			assertThat(bean.askByProperty(null)).isEqualTo(new LlmTarget("openai", null, null));
			assertThat(bean.askByPath(new Request("", new Options("gpt-x"))))
				.isEqualTo(LlmTarget.of("openai", "gpt-x"));
			assertThat(bean.askByPath(new Request("", null))).isEqualTo(new LlmTarget("openai", null, null));
		});
	}

	@Test
	void placeholdersAndProviderPrefix() {
		GuardedContext.runner(Placeholders.class)
			.withPropertyValues("app.provider=groq", "app.model=llama3:8b")
			.run((context) -> {
				Placeholders bean = context.getBean(Placeholders.class);
				assertThat(bean.both()).isEqualTo(LlmTarget.of("groq", "llama3:8b"));
				assertThat(bean.prefixed()).isEqualTo(LlmTarget.of("anthropic", "claude:latest"));
			});
	}

	@Test
	void typeAnnotationGuardsPublicMethodsAndFillsWhatMethodsLeaveOut() {
		GuardedContext.runner(WholeType.class).run((context) -> {
			WholeType bean = context.getBean(WholeType.class);
			assertThat(bean.plain()).isEqualTo(LlmTarget.of("openai", "gpt-4.1"));
			assertThat(bean.other()).isEqualTo(LlmTarget.of("openai", "o3"));
			assertThat(bean.inherited()).isEqualTo(LlmTarget.of("openai", "gpt-4.1"));
			assertThat(bean.notPublic()).isNull();
			assertThat(bean.toString()).isEqualTo("unguarded");
		});
	}

	@Test
	void metaAnnotationWithAlias() {
		GuardedContext.runner(Composed.class).run((context) -> {
			Composed bean = context.getBean(Composed.class);
			assertThat(bean.ask()).isEqualTo(LlmTarget.of("openai", "gpt-4.1-nano"));
		});
	}

	@Test
	void interfaceProxyAndAnnotationAtTheInterface() {
		GuardedContext.runner(BehindInterface.class)
			.withPropertyValues("spring.aop.proxy-target-class=false")
			.run((context) -> {
				Guarded bean = context.getBean(Guarded.class);
				assertThat(AopUtils.isJdkDynamicProxy(bean)).isTrue();
				assertThat(bean.ask("o3")).isEqualTo(LlmTarget.of("openai", "o3"));
			});
	}

	@Test
	void classProxyAndAnnotationAtTheInterface() {
		GuardedContext.runner(BehindInterface.class).run((context) -> {
			Guarded bean = context.getBean(Guarded.class);
			assertThat(AopUtils.isCglibProxy(bean)).isTrue();
			assertThat(bean.ask("o3")).isEqualTo(LlmTarget.of("openai", "o3"));
		});
	}

	@Test
	void beansWithoutAnnotationGetNoProxy() {
		GuardedContext.runner(Plain.class)
			.run((context) -> assertThat(AopUtils.isAopProxy(context.getBean(Plain.class))).isFalse());
	}

	@Test
	@DisplayName("nested guarded beans of one target are one call, also with one half-open place")
	void nestedGuardsUseOnePermit() {
		GuardedContext.runner(Assistant.class, Outer.class).run((context) -> {
			Outer outer = context.getBean(Outer.class);
			Assistant assistant = context.getBean(Assistant.class);
			assertThat(outer.ask("hi")).isEqualTo("answer to hi");
			assertThat(GuardedContext.calls(context, GPT).succeeded()).isEqualTo(1);
			context.getBean(LlmBreakers.class).find(GPT).orElseThrow().halfOpen();
			assertThat(outer.ask("probe")).isEqualTo("answer to probe");
			assertThat(GuardedContext.state(context, GPT)).isEqualTo(BreakerState.CLOSED);
			GuardedContext.behind(assistant).failure = GuardedContext.unavailable();
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> outer.ask("hidden"));
			assertThat(GuardedContext.calls(context, GPT).failed()).isEqualTo(1);
		});
	}

	@Test
	@DisplayName("rejection by an inner guard is neutral for the outer one")
	void innerRejectionIsNeutral() {
		GuardedContext.runner(Assistant.class, OtherOuter.class).run((context) -> {
			GuardedContext.open(context, "openai", "gpt-4.1");
			OtherOuter outer = context.getBean(OtherOuter.class);
			assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> outer.ask("hi"));
			assertThat(GuardedContext.calls(context, "anthropic:claude").neutral()).isEqualTo(1);
			assertThat(GuardedContext.calls(context, "anthropic:claude").failed()).isZero();
		});
	}

	@Test
	@DisplayName("policies act on methods independently")
	void policiesApplyByModel() {
		GuardedContext.runner(ByParameter.class)
			.withPropertyValues("llm-breaker.policies.strict.models=o3",
					"llm-breaker.policies.strict.failure-threshold=1")
			.run((context) -> {
				ByParameter bean = context.getBean(ByParameter.class);
				GuardedContext.behind(bean).failure = GuardedContext.unavailable();
				assertThatExceptionOfType(Exception.class).isThrownBy(() -> bean.ask("o3", "hi"));
				assertThatExceptionOfType(Exception.class).isThrownBy(() -> bean.ask("gpt-4.1", "hi"));
				assertThat(GuardedContext.state(context, "openai:o3")).isEqualTo(BreakerState.OPEN);
				assertThat(GuardedContext.state(context, GPT)).isEqualTo(BreakerState.CLOSED);
			});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreads() throws Exception {
		ExecutorService threads = (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor")
			.invoke(null);
		try {
			GuardedContext.runner(Assistant.class).run((context) -> onThreads(threads, context));
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static void onThreads(ExecutorService threads, AssertableApplicationContext context) throws Exception {
		Assistant assistant = context.getBean(Assistant.class);
		for (int i = 0; i < 200; i++) {
			threads.submit(() -> assistant.ask("hi"));
		}
		threads.shutdown();
		assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(GuardedContext.calls(context, GPT).succeeded()).isEqualTo(200);
	}

	private static LlmTarget currentTarget() {
		CallPermit permit = CallPermit.current();
		return (permit != null) ? permit.gate().target() : null;
	}

	static class Assistant {

		final AtomicInteger calls = new AtomicInteger();

		volatile Exception failure;

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public String ask(String prompt) throws Exception {
			this.calls.incrementAndGet();
			if (this.failure != null) {
				throw this.failure;
			}
			return "answer to " + prompt;
		}

	}

	static class ByParameter {

		volatile Exception failure;

		@LlmGuarded(provider = "openai", model = "#model")
		public String ask(String model, String prompt) throws Exception {
			if (this.failure != null) {
				throw this.failure;
			}
			return model + ": " + prompt;
		}

		@LlmGuarded(provider = "#a0", model = "#p1")
		public LlmTarget askByPosition(String provider, String model) {
			return currentTarget();
		}

		@LlmGuarded(provider = "openai", model = "#request.model")
		public LlmTarget askByProperty(Request request) {
			return currentTarget();
		}

		@LlmGuarded(provider = "openai", model = "#request.options?.model")
		public LlmTarget askByPath(Request request) {
			return currentTarget();
		}

	}

	record Request(String model, Options options) {
	}

	record Options(String model) {
	}

	static class Placeholders {

		@LlmGuarded(provider = "${app.provider}", model = "${app.model}")
		public LlmTarget both() {
			return currentTarget();
		}

		@LlmGuarded(model = "anthropic:claude:latest")
		public LlmTarget prefixed() {
			return currentTarget();
		}

	}

	static class Base {

		public LlmTarget inherited() {
			return currentTarget();
		}

	}

	@LlmGuarded(provider = "openai", model = "gpt-4.1")
	static class WholeType extends Base {

		public LlmTarget plain() {
			return currentTarget();
		}

		@LlmGuarded(model = "o3")
		public LlmTarget other() {
			return currentTarget();
		}

		LlmTarget notPublic() {
			return currentTarget();
		}

		@Override
		public String toString() {
			return (currentTarget() != null) ? "guarded" : "unguarded";
		}

	}

	@LlmGuarded(provider = "openai")
	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@interface Gpt {

		@AliasFor(annotation = LlmGuarded.class, attribute = "model")
		String value();

	}

	static class Composed {

		@Gpt("gpt-4.1-nano")
		public LlmTarget ask() {
			return currentTarget();
		}

	}

	interface Guarded {

		@LlmGuarded(provider = "openai", model = "#model")
		LlmTarget ask(String model);

	}

	static class BehindInterface implements Guarded {

		@Override
		public LlmTarget ask(String name) {
			return currentTarget();
		}

	}

	static class Plain {

	}

	static class Outer {

		private final Assistant assistant;

		Outer(Assistant assistant) {
			this.assistant = assistant;
		}

		@LlmGuarded(provider = "openai", model = "gpt-4.1")
		public String ask(String prompt) {
			try {
				return this.assistant.ask(prompt);
			}
			catch (Exception ex) {
				throw new IllegalStateException("no answer");
			}
		}

	}

	static class OtherOuter {

		private final Assistant assistant;

		OtherOuter(Assistant assistant) {
			this.assistant = assistant;
		}

		@LlmGuarded(provider = "anthropic", model = "claude")
		public String ask(String prompt) throws Exception {
			return this.assistant.ask(prompt);
		}

	}

}
