// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.doors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import io.github.llmbreaker.testing.RecordedRequest;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.client.advisor.SimpleLoggerAdvisor;
import org.springframework.ai.chat.client.advisor.api.AdvisorChain;
import org.springframework.ai.chat.client.advisor.api.BaseAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests that a {@code ChatClient} with all that goes around a model works as without us,
 * and that each request to a model is a call of its own.
 */
class ChatClientTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String HELLO = "hello";

	private static final Map<Vendor, String> MODELS = Map.of(Vendor.OPENAI, "openAiChatModel", Vendor.ANTHROPIC,
			"anthropicChatModel", Vendor.GEMINI, "googleGenAiChatModel", Vendor.OLLAMA, "ollamaChatModel");

	/**
	 * Google's model describes tools with a library that its SDK brings in a version too
	 * old for it.
	 */
	private static final List<Vendor> TOOLS = List.of(Vendor.OPENAI, Vendor.ANTHROPIC, Vendor.OLLAMA);

	private static FakeLlmServer server;

	private static ConfigurableApplicationContext context;

	private static int sent;

	@BeforeAll
	static void start() {
		server = FakeLlmServer.start();
		List<String> arguments = new ArrayList<>(List.of("spring.config.name=doors", "server=" + server.url(),
				"logging.level.root=warn", "spring.ai.openai.api-key=key", "spring.ai.openai.chat.model=gpt-4.1",
				"spring.ai.openai.base-url=" + server.url() + Vendor.OPENAI.path(), "spring.ai.anthropic.api-key=key",
				"spring.ai.anthropic.chat.model=claude-sonnet-4-5",
				"spring.ai.anthropic.base-url=" + server.url() + Vendor.ANTHROPIC.path(),
				"spring.ai.google.genai.chat.model=gemini-2.5-flash", "spring.ai.ollama.chat.model=llama3:8b",
				"spring.ai.ollama.embedding.model=bge-m3",
				"spring.ai.ollama.base-url=" + server.url() + Vendor.OLLAMA.path(),
				"llm-breaker.defaults.failure-threshold=1000", "llm-breaker.defaults.retry.max-retries=1",
				"llm-breaker.defaults.retry.backoff=1ms", "llm-breaker.defaults.retry.budget=0"));
		context = DoorsApplication.run(arguments, server.url(), Observing.class);
	}

	@AfterAll
	static void stop() {
		context.close();
		server.close();
	}

	@TestFactory
	Stream<DynamicTest> eachModelCallOfAToolLoopIsACallOfItsOwn() {
		return tests(TOOLS, (vendor) -> {
			server.enqueue(FakeAnswer.json(200, vendor.toolCall("weather")), FakeAnswer.json(503, "{}"));
			assertThat(client(vendor).prompt("Hello").tools(new FixedTool("weather", () -> "rain")).call().content())
				.isEqualTo(HELLO);
			assertThat(server.requests().get(sent + 1).text()).contains("rain");
			assertSeen(OutcomeKind.SUCCESS, OutcomeKind.OVERLOADED, OutcomeKind.SUCCESS);
		});
	}

	@TestFactory
	Stream<DynamicTest> toolThatFailsIsNoFailureOfTheModel() {
		return tests(TOOLS, (vendor) -> {
			server.enqueue(FakeAnswer.json(200, vendor.toolCall("broken")));
			ToolCallback broken = new FixedTool("broken", () -> {
				throw new IllegalStateException("the tool is broken");
			});
			assertThat(catchThrowable(() -> client(vendor).prompt("Hello").tools(broken).call().content()))
				.hasStackTraceContaining("the tool is broken");
			Awaitility.await()
				.untilAsserted(() -> assertThat(outcomes().kinds()).hasSize(server.requestCount() - sent)
					.containsOnly(OutcomeKind.SUCCESS));
		});
	}

	@TestFactory
	Stream<DynamicTest> memoryLoggerAndRetrievalAreAroundTheGuardedModel() {
		return tests((vendor) -> {
			ChatClient client = ChatClient.builder(model(vendor))
				.defaultAdvisors(MessageChatMemoryAdvisor.builder(MessageWindowChatMemory.builder().build()).build(),
						new SimpleLoggerAdvisor(),
						new Retrieval(context.getBean("ollamaEmbeddingModel", EmbeddingModel.class)))
				.build();
			assertThat(ask(client, "What is first?")).isEqualTo(HELLO);
			assertThat(ask(client, "What is second?")).isEqualTo(HELLO);
			List<RecordedRequest> requests = server.requests().subList(sent, server.requestCount());
			assertThat(requests).hasSize(4);
			assertThat(requests.get(3).text()).contains("What is first?", HELLO, "What is second?", "known: 0.25");
			assertThat(client.prompt("And third?")
				.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, "one"))
				.stream()
				.content()
				.collectList()
				.block(PATIENCE)).contains(HELLO);
		});
	}

	@TestFactory
	Stream<DynamicTest> rejectionPassesAdvisorsAsItIs() {
		return tests((vendor) -> {
			ChatClient client = ChatClient.builder(model(vendor)).defaultAdvisors(new SimpleLoggerAdvisor()).build();
			LlmBreaker breaker = breaker(vendor);
			breaker.forceOpen(null);
			assertThatExceptionOfType(LlmCallRejectedException.class)
				.isThrownBy(() -> client.prompt("Hello").call().content());
			assertThatExceptionOfType(LlmCallRejectedException.class)
				.isThrownBy(() -> client.prompt("Hello").stream().content().blockLast(PATIENCE));
			breaker.close();
			assertThat(server.requestCount()).isEqualTo(sent);
		});
	}

	@TestFactory
	Stream<DynamicTest> observationsAreThoseOfSpringAi() {
		return tests((vendor) -> {
			Observing observing = context.getBean(Observing.class);
			observing.names.clear();
			assertThat(client(vendor).prompt("Hello").call().content()).isEqualTo(HELLO);
			assertThat(observing.names).contains("gen_ai.client.operation", "spring.ai.chat.client");
			if (vendor == Vendor.OLLAMA) {
				assertThat(observing.names).contains("http.client.requests");
			}
			assertThat(observing.names).doesNotHaveDuplicates();
		});
	}

	@TestFactory
	Stream<DynamicTest> filteredContentIsSentOnceAndNoFailure() {
		Map<Vendor, FakeAnswer> filtered = Map.of(Vendor.OPENAI,
				FakeAnswer.json(400, "{\"error\":{\"message\":\"no\",\"code\":\"content_filter\"}}"), Vendor.ANTHROPIC,
				FakeAnswer.json(400, """
						{"type":"error","error":{"type":"invalid_request_error",\
						"message":"Output blocked by content filtering policy"}}"""), Vendor.GEMINI,
				FakeAnswer.json(200, "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"},\"modelVersion\":\"gemini\"}"));
		return tests(List.copyOf(filtered.keySet()), (vendor) -> {
			server.always(filtered.get(vendor));
			catchThrowable(() -> client(vendor).prompt("Hello").call().content());
			assertSeen(OutcomeKind.CONTENT_FILTERED);
		});
	}

	private static Stream<DynamicTest> tests(Check check) {
		return tests(List.of(Vendor.values()), check);
	}

	private static Stream<DynamicTest> tests(List<Vendor> vendors, Check check) {
		return vendors.stream().map((vendor) -> DynamicTest.dynamicTest(vendor.id(), () -> {
			server.always((request) -> request.path().endsWith("/embed")
					? FakeAnswer.json(200, "{\"model\":\"bge-m3\",\"embeddings\":[[0.5,0.25]]}")
					: vendor.good(isStream(request), HELLO));
			sent = server.requestCount();
			outcomes().clear();
			check.run(vendor);
			// each request is a call, of which listeners hear a little later
			Awaitility.await()
				.untilAsserted(() -> assertThat(outcomes().kinds()).hasSize(server.requestCount() - sent));
		}));
	}

	private static boolean isStream(RecordedRequest request) {
		return request.text().contains("\"stream\":true") || request.path().contains(":streamGenerateContent");
	}

	private static String ask(ChatClient client, String question) {
		return client.prompt(question)
			.advisors((advisors) -> advisors.param(ChatMemory.CONVERSATION_ID, "one"))
			.call()
			.content();
	}

	private static ChatModel model(Vendor vendor) {
		return context.getBean(MODELS.get(vendor), ChatModel.class);
	}

	private static ChatClient client(Vendor vendor) {
		return ChatClient.create(model(vendor), context.getBean(ObservationRegistry.class));
	}

	private static LlmBreaker breaker(Vendor vendor) {
		context.getBean(BreakerRegistry.class).gate(LlmTarget.of(vendor.id(), vendor.model()));
		return context.getBean(LlmBreakers.class).find(vendor.breaker()).orElseThrow();
	}

	private static DoorsApplication.Outcomes outcomes() {
		return context.getBean(DoorsApplication.Outcomes.class);
	}

	private static void assertSeen(OutcomeKind... kinds) {
		assertThat(server.requestCount() - sent).isEqualTo(kinds.length);
		Awaitility.await().untilAsserted(() -> assertThat(outcomes().kinds()).containsExactly(kinds));
	}

	/**
	 * Tests one vendor.
	 */
	@FunctionalInterface
	interface Check {

		void run(Vendor vendor);

	}

	/**
	 * Looks up what is known, by an embedding of the question.
	 *
	 * @param embeddings makes it
	 */
	record Retrieval(EmbeddingModel embeddings) implements BaseAdvisor {

		@Override
		public ChatClientRequest before(ChatClientRequest request, AdvisorChain chain) {
			float[] vector = this.embeddings.embed(request.prompt().getContents());
			return request.mutate()
				.prompt(request.prompt()
					.augmentUserMessage(
							(message) -> message.mutate().text(message.getText() + " known: " + vector[1]).build()))
				.build();
		}

		@Override
		public ChatClientResponse after(ChatClientResponse response, AdvisorChain chain) {
			return response;
		}

		@Override
		public int getOrder() {
			return 0;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Observing {

		final List<String> names = new CopyOnWriteArrayList<>();

		@Bean
		ObservationHandler<Observation.Context> handler() {
			return new ObservationHandler<>() {

				@Override
				public void onStop(Observation.Context observed) {
					String name = String.valueOf(observed.getName());
					if (!name.contains("advisor")) {
						Observing.this.names.add(name);
					}
				}

				@Override
				public boolean supportsContext(Observation.Context observed) {
					return true;
				}

			};
		}

	}

}
