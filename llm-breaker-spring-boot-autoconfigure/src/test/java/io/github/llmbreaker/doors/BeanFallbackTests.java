// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.doors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.anthropic.errors.InternalServerException;
import io.github.llmbreaker.FallbackUsedEvent;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import io.github.llmbreaker.testing.RecordedRequest;
import io.github.llmbreaker.testing.Secrets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that the model of another vendor answers for one that can't, and that models can
 * be injected as without us.
 */
class BeanFallbackTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static FakeLlmServer server;

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start() {
		server = FakeLlmServer.start();
		List<String> properties = new ArrayList<>(List.of("spring.config.name=doors", "server=" + server.url(),
				"logging.level.root=warn", "spring.ai.openai.api-key=key", "spring.ai.openai.chat.model=gpt-4.1",
				"spring.ai.openai.base-url=" + server.url() + Vendor.OPENAI.path(), "spring.ai.anthropic.api-key=key",
				"spring.ai.anthropic.chat.model=claude-opus-4-5",
				"spring.ai.anthropic.base-url=" + server.url() + Vendor.ANTHROPIC.path(),
				"llm-breaker.defaults.failure-threshold=1000", "llm-breaker.policies.gpt.models=openai:gpt-*",
				"llm-breaker.policies.gpt.fallbacks=google-gemini:gemini-2.5-flash,anthropic:claude-sonnet-4-5",
				"llm-breaker.policies.gpt.retry.max-retries=1", "llm-breaker.policies.gpt.retry.backoff=1ms"));
		context = DoorsApplication.run(properties, server.url(), Injected.class, Fallbacks.class);
	}

	@AfterAll
	static void stop() {
		context.close();
		server.close();
	}

	@BeforeEach
	void onlyAnthropicAnswers() {
		server.always((request) -> {
			if (request.head().contains(Vendor.ANTHROPIC.path())) {
				return Vendor.ANTHROPIC.good(request.text().contains("\"stream\":true"), "I am Claude");
			}
			return FakeAnswer.json(503, "{}");
		});
		context.getBean(LlmBreakers.class).all().forEach((breaker) -> breaker.reset());
	}

	@Test
	void modelOfAnotherVendorAnswersWithThePortableOptions() {
		int before = server.requestCount();
		ChatResponse answer = openAi().call(new Prompt("Hello",
				OpenAiChatOptions.builder()
					.model("gpt-4.1")
					.temperature(0.25)
					.maxTokens(77)
					.customHeaders(Map.of("x-tenant", Secrets.MARK))
					.build()));
		assertThat(answer.getResult().getOutput().getText()).isEqualTo("I am Claude");
		RecordedRequest last = server.requests().get(server.requestCount() - 1);
		assertThat(last.text()).contains("\"claude-sonnet-4-5\"", "0.25", "77", "Hello");
		assertThat(last.head() + last.text()).doesNotContain(Secrets.MARK);
		assertThat(server.requests()
			.subList(before, server.requestCount())
			.stream()
			.filter((request) -> request.head().contains(Vendor.OPENAI.path()))).hasSize(2);
	}

	@Test
	void streamOfAnotherVendorAnswers() {
		assertThat(text(openAi().stream(new Prompt("Hello")))).isEqualTo("I am Claude");
	}

	@Test
	void chatClientIsAnsweredByTheOtherVendor() {
		assertThat(ChatClient.create(openAi()).prompt("Hello").call().content()).isEqualTo("I am Claude");
		assertThat(String.join("",
				ChatClient.create(openAi()).prompt("Hello").stream().content().collectList().block(PATIENCE)))
			.isEqualTo("I am Claude");
	}

	@Test
	void rejectionIsThrownAsItIsWhenNobodyAnswers() {
		open(Vendor.OPENAI.breaker());
		open("anthropic:claude-sonnet-4-5");
		open(Vendor.GEMINI.breaker());
		assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> openAi().call(new Prompt("Hello")))
			.satisfies((ex) -> assertThat(ex.getTarget().model()).isEqualTo("gpt-4.1"));
		assertThatExceptionOfType(LlmCallRejectedException.class)
			.isThrownBy(() -> text(openAi().stream(new Prompt("Hello"))));
	}

	@Test
	void rejectedCallIsAnsweredByTheOtherVendorWithoutARequestToTheFirst() {
		open(Vendor.OPENAI.breaker());
		open(Vendor.GEMINI.breaker());
		int before = server.requestCount();
		assertThat(openAi().call("Hello")).isEqualTo("I am Claude");
		assertThat(server.requestCount()).isEqualTo(before + 1);
	}

	@Test
	void openTargetIsSkippedWithoutBeingAsked() {
		open(Vendor.GEMINI.breaker());
		long rejected = rejected(Vendor.GEMINI.breaker());
		context.getBean(Fallbacks.class).targets.clear();
		int before = server.requestCount();
		assertThat(openAi().call("Hello")).isEqualTo("I am Claude");
		assertThat(server.requests().subList(before, server.requestCount()))
			.noneMatch((request) -> request.head().contains(Vendor.GEMINI.path()));
		assertThat(rejected(Vendor.GEMINI.breaker())).isEqualTo(rejected);
		Awaitility.await()
			.untilAsserted(() -> assertThat(context.getBean(Fallbacks.class).targets)
				.containsExactly("openai:gpt-4.1 -> anthropic:claude-sonnet-4-5"));
	}

	@Test
	void firstErrorThatIsNoRejectionIsThrownWhenNobodyAnswers() {
		open(Vendor.OPENAI.breaker());
		open(Vendor.GEMINI.breaker());
		server.always(FakeAnswer.json(503, "{}"));
		assertThatExceptionOfType(InternalServerException.class).isThrownBy(() -> openAi().call("Hello"))
			.satisfies((ex) -> assertThat(ex.getSuppressed()).extracting(Throwable::getMessage)
				.containsExactly("openai:gpt-4.1 was rejected"));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void whatOnlyOneVendorKnowsIsDroppedAndNamed(CapturedOutput output) {
		open(Vendor.GEMINI.breaker());
		LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());
		logging.setLogLevel("io.github.llmbreaker.springai", LogLevel.DEBUG);
		assertThat(openAi()
			.call(new Prompt("Hello",
					OpenAiChatOptions.builder().model("gpt-4.1").topP(0.5).seed(4711).user("somebody").build()))
			.getResult()
			.getOutput()
			.getText()).isEqualTo("I am Claude");
		logging.setLogLevel("io.github.llmbreaker.springai", null);
		assertThat(last().text()).contains("0.5").doesNotContain("4711").doesNotContain("somebody");
		assertThat(output).contains("Options of OpenAiChatOptions that claude-sonnet-4-5 doesn't get")
			.contains("seed", "user")
			.doesNotContain("4711")
			.doesNotContain("somebody");
	}

	@Test
	void toolsGoAlongInCallsAndStreams() {
		open(Vendor.GEMINI.breaker());
		open(Vendor.OPENAI.breaker());
		ChatClient client = ChatClient.create(openAi());
		FixedTool weather = new FixedTool("weather", () -> "rain");
		server.enqueue(FakeAnswer.json(200, Vendor.ANTHROPIC.toolCall("weather")));
		assertThat(client.prompt("Hello").tools(weather).call().content()).isEqualTo("I am Claude");
		assertThat(last().text()).contains("weather", "rain");
		server.enqueue(Vendor.ANTHROPIC.streamOf(Vendor.ANTHROPIC.toolCallEvents("weather")));
		assertThat(
				String.join("", client.prompt("Hello").tools(weather).stream().content().collectList().block(PATIENCE)))
			.isEqualTo("I am Claude");
		assertThat(last().text()).contains("weather", "rain");
	}

	@Test
	void modelsAreInjectedByInterfaceAndByTheVendorsClass() {
		Injected injected = context.getBean(Injected.class);
		assertThat(injected.models).containsOnlyKeys("openAiChatModel", "anthropicChatModel", "googleGenAiChatModel",
				"ollamaChatModel");
		assertThat(injected.models.get("openAiChatModel")).isNotInstanceOf(OpenAiChatModel.class);
		assertThat(injected.vendor.getOptions().getModel()).isEqualTo("gpt-4.1");
		assertThat(injected.qualified).isSameAs(injected.vendor);
		assertThat(context.getBean(OpenAiChatModel.class)).isSameAs(injected.vendor);
	}

	private static RecordedRequest last() {
		return server.requests().get(server.requestCount() - 1);
	}

	private static long rejected(String breaker) {
		return context.getBean(BreakerRegistry.class).find(breaker).orElseThrow().snapshot().calls().rejected();
	}

	private static ChatModel openAi() {
		return context.getBean("openAiChatModel", ChatModel.class);
	}

	private static void open(String breaker) {
		String[] parts = breaker.split(":");
		context.getBean(BreakerRegistry.class).gate(LlmTarget.of(parts[0], parts[1]));
		context.getBean(LlmBreakers.class).find(breaker).orElseThrow().forceOpen(null);
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

	@Configuration(proxyBeanMethods = false)
	static class Injected {

		@Autowired
		Map<String, ChatModel> models;

		@Autowired
		OpenAiChatModel vendor;

		@Autowired
		@Qualifier("openAiChatModel")
		OpenAiChatModel qualified;

		@Bean
		String user(@Qualifier("openAiChatModel") ChatModel model) {
			return model.toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Fallbacks {

		final List<String> targets = new CopyOnWriteArrayList<>();

		@EventListener
		void on(FallbackUsedEvent event) {
			this.targets.add("%s:%s -> %s:%s".formatted(event.from().provider(), event.from().model(),
					event.to().provider(), event.to().model()));
		}

	}

}
