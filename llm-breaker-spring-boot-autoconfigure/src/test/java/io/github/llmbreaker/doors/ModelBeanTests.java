// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.doors;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.autoconfigure.LlmBreakerAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerOkHttpAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerSpringAiAutoConfiguration;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that a model is answered for by another vendor's however its bean is declared,
 * and that it is injected as without us.
 */
class ModelBeanTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static FakeLlmServer server;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmBreakerAutoConfiguration.class,
				LlmBreakerOkHttpAutoConfiguration.class, LlmBreakerSpringAiAutoConfiguration.class))
		.withUserConfiguration(Claude.class)
		.withPropertyValues("llm-breaker.providers.openai.base-urls=" + server.url() + Vendor.OPENAI.path(),
				"llm-breaker.providers.anthropic.base-urls=" + server.url() + Vendor.ANTHROPIC.path(),
				"llm-breaker.defaults.failure-threshold=1000", "llm-breaker.policies.gpt.models=openai:gpt-*",
				"llm-breaker.policies.gpt.fallbacks=anthropic:claude-sonnet-4-5",
				"llm-breaker.policies.gpt.retry.max-retries=1", "llm-breaker.policies.gpt.retry.backoff=1ms");

	@BeforeAll
	static void start() {
		server = FakeLlmServer.start();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void onlyAnthropicAnswers() {
		server.always((request) -> request.head().contains(Vendor.ANTHROPIC.path())
				? Vendor.ANTHROPIC.good(request.text().contains("\"stream\":true"), "I am Claude")
				: FakeAnswer.json(503, "{}"));
	}

	@Test
	void beanThatIsDeclaredByInterfaceIsAnsweredFor() {
		this.runner.withUserConfiguration(ByInterface.class).run(answered("gpt"));
	}

	@Test
	void beanThatIsDeclaredByInterfaceIsStillFoundByItsClass() {
		this.runner.withUserConfiguration(ByInterface.class).run((context) -> {
			ObjectProvider<OpenAiChatModel> models = context.getBeanProvider(OpenAiChatModel.class);
			assertThat(models.getObject().getOptions().getModel()).isEqualTo("gpt-4.1");
			assertThat(context.getBeanProvider(ChatModel.class).stream()).hasSize(2);
		});
	}

	@Test
	void decorationOfTheApplicationIsGuardedAndAnsweredFor() {
		this.runner.withUserConfiguration(DecoratedByInterface.class).run(answered("gpt"));
	}

	@Test
	void decorationIsInjectedByItsOwnClass() {
		this.runner.withUserConfiguration(DecoratedByClass.class).run((context) -> {
			answered("gpt").accept(context);
			assertThat(context.getBean(Decorated.class).call("Hello")).isEqualTo("I am Claude");
			assertThat(context.getBean("gpt", Decorated.class).calls()).isPositive();
			assertThat(context.getBeansOfType(ChatModel.class)).containsOnlyKeys("gpt", "claude");
		});
	}

	@Test
	void modelThatStreamsOnlyIsAnsweredFor() {
		this.runner.withUserConfiguration(StreamingOnly.class).run((context) -> {
			StreamingChatModel gpt = context.getBean("gpt", StreamingChatModel.class);
			assertThat(text(gpt.stream(new Prompt("Hello")))).isEqualTo("I am Claude");
			assertThat(gpt.stream("Hello").collectList().block(PATIENCE)).contains("I am Claude");
		});
	}

	@Test
	void modelsOfOneClassAreToldApartAsEver() {
		this.runner.withUserConfiguration(Several.class, Users.class).run((context) -> {
			assertThat(context).hasNotFailed();
			Users users = context.getBean(Users.class);
			assertThat(users.primary).isEqualTo("gpt-4.1");
			assertThat(users.qualified).isEqualTo("gpt-4.1-mini");
			assertThat(users.named).isEqualTo("gpt-4.1-mini");
			assertThat(users.primaryOfVendor).isEqualTo("gpt-4.1");
			assertThat(users.qualifiedOfVendor).isEqualTo("gpt-4.1-mini");
			assertThat(users.all).containsOnlyKeys("gpt", "mini", "claude");
			assertThat(users.allOfVendor).hasSize(2);
			answered("mini").accept(context);
		});
	}

	@Test
	void vendorsClassIsFoundByTheNameOfWhereItGoes() {
		this.runner.withUserConfiguration(WithoutPrimary.class, ByName.class)
			.run((context) -> assertThat(context.getBean("user")).isEqualTo("gpt-4.1-mini gpt-4.1-mini"));
	}

	@Test
	void modelOfAFactoryIsAnsweredFor() {
		this.runner.withUserConfiguration(Made.class).run((context) -> {
			answered("gpt").accept(context);
			assertThat(context.getBean("&gpt")).isInstanceOf(Factory.class);
		});
	}

	@Test
	void lazyModelIsMadeWhenItIsNeeded() {
		this.runner.withUserConfiguration(Late.class).run((context) -> {
			assertThat(Late.made.get()).isZero();
			answered("gpt").accept(context);
			assertThat(Late.made.get()).isEqualTo(1);
		});
	}

	@Test
	void eachPrototypeIsAModelOfItsOwn() {
		this.runner.withUserConfiguration(Prototype.class).run((context) -> {
			answered("gpt").accept(context);
			int before = Prototype.made.get();
			ChatModel gpt = context.getBean("gpt", ChatModel.class);
			gpt.call("Hello");
			gpt.call("Hello");
			assertThat(Prototype.made.get()).isEqualTo(before + 1);
			assertThat(context.getBean("gpt")).isNotSameAs(gpt);
		});
	}

	@Test
	void scopedModelIsAnsweredForOnce() {
		this.runner.withUserConfiguration(Scoped.class).run((context) -> {
			int before = server.requestCount();
			answered("gpt").accept(context);
			// per call one of a retry and one that answers: blocking, streaming, rejected
			assertThat(server.requestCount() - before).isEqualTo(7);
		});
	}

	@Test
	void configurationMayCallItsOwnMethods() {
		this.runner.withUserConfiguration(CallingItself.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean("gpt", OpenAiChatModel.class)).isNotNull();
			answered("gpt").accept(context);
		});
	}

	@Test
	void configurationThatCallsItsOwnMethodForAnInterfaceIsAnsweredFor() {
		this.runner.withUserConfiguration(CallingItselfByInterface.class)
			.run((context) -> assertThat(context.getBean(ChatClient.class).prompt("Hello").call().content())
				.isEqualTo("I am Claude"));
	}

	@Test
	void ownModelThatAsksOtherBeansIsNotAnsweredForTwice() {
		this.runner.withUserConfiguration(ByInterface.class, Router.class).run((context) -> {
			server.always(FakeAnswer.json(503, "{}"));
			int before = server.requestCount();
			ChatModel router = context.getBean("router", ChatModel.class);
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> router.call("Hello"));
			assertThat(server.requestCount() - before).isEqualTo(3);
		});
	}

	@Test
	void modelThatWasGivenAnotherAddressIsOneOfTheProviderThere() {
		this.runner
			.withPropertyValues("llm-breaker.providers.groq.base-urls=" + server.url() + "/groq/v1",
					"llm-breaker.policies.claude.models=anthropic:*",
					"llm-breaker.policies.claude.fallbacks=openai:gpt-x", "llm-breaker.policies.llama.models=groq:*",
					"llm-breaker.policies.llama.fallbacks=anthropic:claude-sonnet-4-5")
			.withUserConfiguration(Addresses.class)
			.run((context) -> {
				assertThat(context.getBean("groq", ChatModel.class).call("Hello")).isEqualTo("I am Claude");
				server.always((request) -> request.head().contains(Vendor.OPENAI.path())
						? Vendor.OPENAI.good(false, "I am GPT") : FakeAnswer.json(503, "{}"));
				assertThat(context.getBean("claude", ChatModel.class).call("Hello")).isEqualTo("I am GPT");
			});
	}

	private static ContextConsumer<AssertableApplicationContext> answered(String bean) {
		return (context) -> {
			assertThat(context).hasNotFailed();
			ChatModel gpt = context.getBean(bean, ChatModel.class);
			int before = server.requestCount();
			assertThat(gpt.call(new Prompt("Hello")).getResult().getOutput().getText()).isEqualTo("I am Claude");
			assertThat(server.requestCount() - before).isEqualTo(3);
			assertThat(text(gpt.stream(new Prompt("Hello")))).isEqualTo("I am Claude");
			LlmTarget target = LlmTarget.of("openai", gpt.getOptions().getModel());
			open(context, target);
			assertThat(gpt.call("Hello")).isEqualTo("I am Claude");
			open(context, LlmTarget.of("anthropic", "claude-sonnet-4-5"));
			assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> gpt.call("Hello"))
				.satisfies((ex) -> assertThat(ex.getTarget().model()).isEqualTo(target.model()));
			assertThatExceptionOfType(LlmCallRejectedException.class)
				.isThrownBy(() -> text(gpt.stream(new Prompt("Hello"))));
			context.getBean(LlmBreakers.class).all().forEach((breaker) -> breaker.reset());
		};
	}

	private static void open(ApplicationContext context, LlmTarget target) {
		context.getBean(BreakerRegistry.class).gate(target);
		context.getBean(LlmBreakers.class).find(target.provider() + ":" + target.model()).orElseThrow().forceOpen(null);
	}

	private static String text(Flux<ChatResponse> answer) {
		StringBuffer text = new StringBuffer();
		answer.doOnNext((part) -> {
			if (part.getResult() != null && part.getResult().getOutput().getText() != null) {
				text.append(part.getResult().getOutput().getText());
			}
		}).blockLast(PATIENCE);
		return text.toString();
	}

	private static OpenAiChatModel openAi(String model) {
		return openAi(model, Vendor.OPENAI.path());
	}

	private static OpenAiChatModel openAi(String model, String path) {
		return OpenAiChatModel.builder()
			.options(OpenAiChatOptions.builder().baseUrl(server.url() + path).apiKey("key").model(model).build())
			.build();
	}

	@Configuration(proxyBeanMethods = false)
	static class Claude {

		@Bean(defaultCandidate = false)
		AnthropicChatModel claude() {
			return AnthropicChatModel.builder()
				.options(AnthropicChatOptions.builder()
					.baseUrl(server.url() + Vendor.ANTHROPIC.path())
					.apiKey("key")
					.model("claude-opus-4-5")
					.maxTokens(10)
					.build())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Addresses {

		@Bean
		OpenAiChatModel groq() {
			return openAi("llama", "/groq/v1");
		}

		@Bean
		OpenAiChatModel openai() {
			return openAi("gpt-4.1");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByInterface {

		@Bean
		ChatModel gpt() {
			return openAi("gpt-4.1");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DecoratedByInterface {

		@Bean
		ChatModel gpt() {
			return new Decorated(openAi("gpt-4.1"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DecoratedByClass {

		@Bean
		Decorated gpt() {
			return new Decorated(openAi("gpt-4.1"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class StreamingOnly {

		@Bean
		StreamingChatModel gpt() {
			OpenAiChatModel model = openAi("gpt-4.1");
			return new OnlyStreams(model);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Several {

		@Bean
		@Primary
		OpenAiChatModel gpt() {
			return openAi("gpt-4.1");
		}

		@Bean
		@Qualifier("small")
		OpenAiChatModel mini() {
			return openAi("gpt-4.1-mini");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithoutPrimary {

		@Bean
		OpenAiChatModel gpt() {
			return openAi("gpt-4.1");
		}

		@Bean
		OpenAiChatModel mini() {
			return openAi("gpt-4.1-mini");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByName {

		@Bean
		String user(OpenAiChatModel mini, @Qualifier("mini") ChatModel guarded) {
			return mini.getOptions().getModel() + " " + guarded.getOptions().getModel();
		}

	}

	static class Users {

		final String primary;

		final String qualified;

		final String named;

		final String primaryOfVendor;

		final String qualifiedOfVendor;

		final Map<String, ChatModel> all;

		final List<OpenAiChatModel> allOfVendor;

		Users(ChatModel some, @Qualifier("small") ChatModel small, @Qualifier("mini") ChatModel named,
				OpenAiChatModel vendors, @Qualifier("small") OpenAiChatModel smallOfVendor,
				@Qualifier("claude") ChatModel claude, ObjectProvider<OpenAiChatModel> allOfVendor,
				Map<String, ChatModel> all) {
			this.primary = some.getOptions().getModel();
			this.qualified = small.getOptions().getModel();
			this.named = named.getOptions().getModel();
			this.primaryOfVendor = vendors.getOptions().getModel();
			this.qualifiedOfVendor = smallOfVendor.getOptions().getModel();
			this.allOfVendor = allOfVendor.stream().toList();
			this.all = new TreeMap<>(all);
			this.all.put("claude", claude);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Made {

		@Bean
		Factory gpt() {
			return new Factory();
		}

	}

	static class Factory implements FactoryBean<ChatModel> {

		@Override
		public ChatModel getObject() {
			return openAi("gpt-4.1");
		}

		@Override
		public Class<?> getObjectType() {
			return ChatModel.class;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Late {

		static final AtomicInteger made = new AtomicInteger();

		@Bean
		@Lazy
		OpenAiChatModel gpt() {
			made.incrementAndGet();
			return openAi("gpt-4.1");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Prototype {

		static final AtomicInteger made = new AtomicInteger();

		@Bean
		@Scope("prototype")
		OpenAiChatModel gpt() {
			made.incrementAndGet();
			return openAi("gpt-4.1");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Scoped {

		@Bean
		@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.INTERFACES)
		ChatModel gpt() {
			return openAi("gpt-4.1");
		}

	}

	@Configuration
	static class CallingItself {

		@Bean
		OpenAiChatModel gpt() {
			return openAi("gpt-4.1");
		}

		@Bean
		ChatClient client() {
			return ChatClient.create(gpt());
		}

	}

	@Configuration
	static class CallingItselfByInterface {

		@Bean
		ChatModel gpt() {
			return openAi("gpt-4.1");
		}

		@Bean
		ChatClient client() {
			return ChatClient.create(gpt());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Router {

		@Bean
		Decorated router(@Qualifier("gpt") ChatModel gpt) {
			return new Decorated(gpt);
		}

	}

	/**
	 * What an application puts around a model.
	 */
	static class Decorated implements ChatModel {

		private final AtomicInteger called = new AtomicInteger();

		private final ChatModel model;

		Decorated(ChatModel model) {
			this.model = model;
		}

		@Override
		public ChatResponse call(Prompt prompt) {
			this.called.incrementAndGet();
			return this.model.call(prompt);
		}

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return this.model.stream(prompt);
		}

		int calls() {
			return this.called.get();
		}

		@Override
		public ChatOptions getOptions() {
			return this.model.getOptions();
		}

	}

	/**
	 * No chat model.
	 *
	 * @param model one
	 */
	record OnlyStreams(OpenAiChatModel model) implements StreamingChatModel {

		@Override
		public Flux<ChatResponse> stream(Prompt prompt) {
			return this.model.stream(prompt);
		}

	}

}
