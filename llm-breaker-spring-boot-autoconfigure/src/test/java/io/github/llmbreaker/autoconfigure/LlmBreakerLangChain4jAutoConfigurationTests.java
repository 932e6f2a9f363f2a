// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.ServiceLoader;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpClientBuilderFactory;
import dev.langchain4j.http.client.HttpClientBuilderLoader;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilderFactory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.github.llmbreaker.langchain4j.CallGuarding;
import io.github.llmbreaker.langchain4j.LlmBreakerHttpClientBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LlmBreakerLangChain4jAutoConfiguration}.
 */
class LlmBreakerLangChain4jAutoConfigurationTests {

	private static final String SELECTION = "langchain4j.http.clientBuilderFactory";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(LlmBreakerAutoConfiguration.class, LlmBreakerLangChain4jAutoConfiguration.class))
		.withUserConfiguration(ModelConfiguration.class);

	@Test
	void langChain4jFindsTheGuardedClientWhileAnApplicationRuns() {
		this.runner.run((context) -> assertThat(HttpClientBuilderLoader.loadHttpClientBuilder())
			.isInstanceOf(LlmBreakerHttpClientBuilder.class));
	}

	@Test
	void langChain4jChoosesAsBeforeWhenTheApplicationHasEnded() {
		this.runner.run((context) -> assertThat(context).hasNotFailed());
		assertThat(HttpClientBuilderLoader.loadHttpClientBuilder()).isInstanceOf(JdkHttpClientBuilder.class);
	}

	@Test
	void choiceOfTheApplicationIsWhatIsGuarded() {
		String jdk = JdkHttpClientBuilderFactory.class.getName();
		TestPropertyValues.of(SELECTION + "=" + jdk).applyToSystemProperties(() -> {
			this.runner.run((context) -> assertThat(HttpClientBuilderLoader.loadHttpClientBuilder())
				.isInstanceOf(LlmBreakerHttpClientBuilder.class));
			assertThat(System.getProperty(SELECTION)).isEqualTo(jdk);
			return null;
		});
	}

	@Test
	void noFileAnnouncesTheFactoryToThoseWhoHaveNoApplication() {
		assertThat(
				getClass().getClassLoader().resources("META-INF/services/" + HttpClientBuilderFactory.class.getName()))
			.hasSize(1);
		assertThat(ServiceLoader.load(HttpClientBuilderFactory.class)).isNotEmpty();
	}

	@Test
	void modelsKeepTheirClass() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(OpenAiChatModel.class);
			assertThat(AopUtils.isCglibProxy(context.getBean(ChatModel.class))).isTrue();
		});
	}

	@Test
	void modelsThatCanNotBeExtendedAreUsable() {
		this.runner.withUserConfiguration(OtherModelsConfiguration.class).run((context) -> {
			assertThat(context.getBean("closed", ChatModel.class).chat("hello")).isEqualTo("closed");
			assertThat(context.getBean("last", ChatModel.class).chat("hello")).isEqualTo("last");
		});
	}

	@Test
	void isSwitchedOffByOneProperty() {
		this.runner.withPropertyValues("llm-breaker.langchain4j.enabled=false").run((context) -> {
			assertThat(HttpClientBuilderLoader.loadHttpClientBuilder()).isInstanceOf(JdkHttpClientBuilder.class);
			assertThat(AopUtils.isAopProxy(context.getBean(ChatModel.class))).isFalse();
			assertThat(context).hasSingleBean(LlmBreakerHttpClientBuilder.class);
		});
	}

	@Test
	void isSwitchedOffWithEverythingButCanStillBeInjected() {
		this.runner.withPropertyValues("llm-breaker.enabled=false").run((context) -> {
			assertThat(HttpClientBuilderLoader.loadHttpClientBuilder()).isInstanceOf(JdkHttpClientBuilder.class);
			assertThat(AopUtils.isAopProxy(context.getBean(ChatModel.class))).isFalse();
			assertThat(context).hasSingleBean(LlmBreakerHttpClientBuilder.class);
		});
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void saysAtTheStartWhoseRetriesAreOff(CapturedOutput output) {
		this.runner.run((context) -> assertThat(output).doesNotContain("maxRetries"));
		this.runner
			.withPropertyValues("llm-breaker.defaults.retry.max-retries=1", "llm-breaker.keep-library-retries=true")
			.run((context) -> assertThat(output).doesNotContain("maxRetries"));
		this.runner.withPropertyValues("llm-breaker.defaults.retry.max-retries=1")
			.run((context) -> assertThat(output).containsOnlyOnce("LangChain4j's own retries (maxRetries) are off"));
	}

	@Test
	void fallbackToAProviderWithAnotherApiNeedsAModelOfIt() {
		this.runner
			.withPropertyValues("llm-breaker.defaults.fallbacks=openai:gpt-4.1,anthropic:claude",
					"llm-breaker.defaults.cooldown=5s")
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(LlmBreakerConfigurationException.class)
				.hasMessageContaining("anthropic:claude"));
	}

	@Test
	void eachModelGetsABuilderOfItsOwn() {
		this.runner.run((context) -> assertThat(context.getBean(LlmBreakerHttpClientBuilder.class))
			.isNotSameAs(context.getBean(LlmBreakerHttpClientBuilder.class)));
	}

	@Test
	void backsOffForUserBeans() {
		this.runner.withUserConfiguration(OwnConfiguration.class).run((context) -> {
			assertThat(context).hasSingleBean(CallGuarding.class);
			assertThat(context).hasSingleBean(LlmBreakerHttpClientBuilder.class);
			assertThat(context.getBean(LlmBreakerHttpClientBuilder.class)).isSameAs(context.getBean("own"));
		});
	}

	@Test
	void needsLangChain4j() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(LlmBreakerAutoConfiguration.class,
					LlmBreakerLangChain4jAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("dev.langchain4j"))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(LlmBreakerLangChain4jAutoConfiguration.class));
	}

	@Test
	void needsNoClientOfTheJdk() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(LlmBreakerAutoConfiguration.class,
					LlmBreakerLangChain4jAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("dev.langchain4j.http.client.jdk"))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Configuration(proxyBeanMethods = false)
	static class ModelConfiguration {

		@Bean
		OpenAiChatModel model() {
			return OpenAiChatModel.builder().apiKey("key").modelName("m").build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnConfiguration {

		@Bean
		LlmBreakerHttpClientBuilder own(CallGuarding guarding) {
			HttpClientBuilder builder = new JdkHttpClientBuilder();
			return new LlmBreakerHttpClientBuilder(builder, guarding);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherModelsConfiguration {

		@Bean
		ChatModel closed() {
			return ClosedModel.create();
		}

		@Bean
		ChatModel last() {
			return new LastModel();
		}

	}

	static class ClosedModel implements ChatModel {

		private ClosedModel() {
		}

		static ClosedModel create() {
			return new ClosedModel();
		}

		@Override
		public ChatResponse doChat(ChatRequest request) {
			return ChatResponse.builder().aiMessage(AiMessage.from("closed")).build();
		}

	}

	static final class LastModel implements ChatModel {

		@Override
		public ChatResponse doChat(ChatRequest request) {
			return ChatResponse.builder().aiMessage(AiMessage.from("last")).build();
		}

	}

}
