// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.springai.GuardedModelCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.model.openai.autoconfigure.OpenAiChatAutoConfiguration;
import org.springframework.ai.model.tool.autoconfigure.ToolCallingAutoConfiguration;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.retry.autoconfigure.SpringAiRetryAutoConfiguration;
import org.springframework.ai.retry.autoconfigure.SpringAiRetryProperties;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link LlmBreakerSpringAiAutoConfiguration}.
 */
class LlmBreakerSpringAiAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(LlmBreakerAutoConfiguration.class, LlmBreakerOkHttpAutoConfiguration.class,
						LlmBreakerSpringAiAutoConfiguration.class, OpenAiChatAutoConfiguration.class,
						ToolCallingAutoConfiguration.class, SpringAiRetryAutoConfiguration.class))
		.withPropertyValues("spring.ai.openai.api-key=key", "spring.ai.openai.chat.model=gpt-4.1");

	@Test
	void modelIsThereByInterfaceAndByClass() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(ChatModel.class)).isNotInstanceOf(OpenAiChatModel.class);
			assertThat(context.getBean(ChatModel.class).getOptions().getModel()).isEqualTo("gpt-4.1");
			assertThat(context.getBean(OpenAiChatModel.class)).isNotNull();
		});
	}

	@Test
	void retriesOfSpringAiGiveWayToThoseOfAPolicy() {
		this.runner
			.withPropertyValues("llm-breaker.policies.some.models=gpt-*",
					"llm-breaker.policies.some.retry.max-retries=1")
			.run((context) -> assertThat(context.getBean(SpringAiRetryProperties.class).getMaxAttempts()).isZero());
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void startNamesTheModelWhoseRetriesGiveWay(CapturedOutput output) {
		this.runner.withPropertyValues("llm-breaker.defaults.retry.max-retries=1")
			.run((context) -> assertThat(output).containsOnlyOnce("own retries of 'openAiChatModel' are switched off"));
	}

	@Test
	void retriesOfSpringAiStayWithoutOthersOrWhenKept() {
		this.runner
			.run((context) -> assertThat(context.getBean(SpringAiRetryProperties.class).getMaxAttempts()).isPositive());
		this.runner
			.withPropertyValues("llm-breaker.defaults.retry.max-retries=1", "llm-breaker.keep-library-retries=true")
			.run((context) -> assertThat(context.getBean(SpringAiRetryProperties.class).getMaxAttempts()).isPositive());
	}

	@Test
	void modelsAreLeftAloneWhenSwitchedOff() {
		this.runner.withPropertyValues("llm-breaker.spring-ai.enabled=false")
			.run((context) -> assertThat(context.getBean(ChatModel.class)).isInstanceOf(OpenAiChatModel.class));
		this.runner.withPropertyValues("llm-breaker.enabled=false")
			.run((context) -> assertThat(context.getBean(ChatModel.class)).isInstanceOf(OpenAiChatModel.class));
	}

	@Test
	void applicationCanBeProcessedAheadOfTime() {
		TestPropertyValues.of("spring.aot.processing=true", "spring.ai.openai.api-key=key")
			.applyToSystemProperties(() -> {
				AnnotationConfigApplicationContext application = new AnnotationConfigApplicationContext();
				application.register(Processed.class);
				InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();
				DefaultGenerationContext generated = new DefaultGenerationContext(
						new ClassNameGenerator(ClassName.get(getClass())), files);
				new ApplicationContextAotGenerator().processAheadOfTime(application, generated);
				generated.writeGeneratedContent();
				assertThat(files.getGeneratedFiles(GeneratedFiles.Kind.SOURCE).keySet())
					.anyMatch((file) -> file.contains("OpenAiChatAutoConfiguration"))
					.noneMatch((file) -> file.contains("SpringAiModelFactory"));
				return null;
			});
	}

	@Test
	void everyTypeThatAModelCanBeAskedForByFindsTheSameBean() {
		this.runner.run((context) -> {
			assertThat(context.getBeanNamesForType(ChatModel.class)).containsExactly("openAiChatModel");
			assertThat(context.getBeanNamesForType(OpenAiChatModel.class)).containsExactly("openAiChatModel");
			assertThat(context.getBeanNamesForType(StreamingChatModel.class)).containsExactly("openAiChatModel");
			assertThat(context.getBeansOfType(ChatModel.class)).hasSize(1);
			assertThat(context.getBean("openAiChatModel", OpenAiChatModel.class))
				.isSameAs(context.getBean(OpenAiChatModel.class));
			assertThat(context.getBean("openAiChatModel", ChatModel.class)).isSameAs(context.getBean(ChatModel.class))
				.isSameAs(context.getBeansOfType(ChatModel.class).get("openAiChatModel"));
		});
	}

	@Test
	void needsSpringAi() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(LlmBreakerAutoConfiguration.class,
					LlmBreakerOkHttpAutoConfiguration.class, LlmBreakerSpringAiAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.ai"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LlmBreakers.class)
				.doesNotHaveBean(GuardedModelCalls.class));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ LlmBreakerAutoConfiguration.class, LlmBreakerOkHttpAutoConfiguration.class,
			LlmBreakerSpringAiAutoConfiguration.class, OpenAiChatAutoConfiguration.class,
			ToolCallingAutoConfiguration.class })
	static class Processed {

	}

}
