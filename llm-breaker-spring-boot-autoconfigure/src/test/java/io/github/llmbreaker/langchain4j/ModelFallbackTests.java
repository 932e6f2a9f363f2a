// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of calls that fall back to a provider with another API: the application's own
 * model of that provider answers.
 */
class ModelFallbackTests {

	private static final String[] TO_CLAUDE = { "policies.chat.models=gpt-4.1",
			"policies.chat.fallbacks=anthropic:claude-other" };

	private ModelApplication application;

	@AfterEach
	void close() {
		if (this.application != null) {
			this.application.close();
		}
	}

	private static FakeAnswer claudeOnly(RecordedRequest request) {
		if (!request.path().startsWith("/anthropic")) {
			return FakeAnswer.json(503, "{}");
		}
		return request.text().contains("stream\" : true") || request.text().contains("\"stream\":true")
				? ModelAnswers.anthropicStream("y", "es") : ModelAnswers.anthropic("yes");
	}

	@Test
	void modelOfTheOtherProviderAnswersInstead() {
		this.application = new ModelApplication(TO_CLAUDE);
		this.application.first().always(ModelFallbackTests::claudeOnly);
		OpenAiChatModel model = this.application.get(OpenAiChatModel.class);
		assertThat(model.chat("hello")).isEqualTo("yes");
		assertThat(this.application.first().requests()).hasSize(2)
			.last()
			.satisfies((request) -> assertThat(request.text()).contains("claude-other").contains("hello"))
			.satisfies((request) -> assertThat(request.head()).contains("anthropic-key").doesNotContain("first-"));
		assertThat(this.application.awaitKinds(2)).containsExactly(OutcomeKind.OVERLOADED, OutcomeKind.SUCCESS);
	}

	@Test
	void modelOfTheOtherProviderStreamsInstead() {
		this.application = new ModelApplication(TO_CLAUDE);
		this.application.first().always(ModelFallbackTests::claudeOnly);
		StreamedAnswer streamed = StreamedAnswer.of(this.application.get(OpenAiStreamingChatModel.class));
		assertThat(streamed.text()).isEqualTo("yes");
		assertThat(streamed.ends()).hasSize(1);
	}

	@Test
	void rejectedCallsAreAnsweredByTheOtherProviderAtOnce() {
		this.application = new ModelApplication(TO_CLAUDE);
		this.application.open("openai", "gpt-4.1");
		this.application.first().always(ModelFallbackTests::claudeOnly);
		assertThat(this.application.get(OpenAiChatModel.class).chat("hello")).isEqualTo("yes");
		assertThat(StreamedAnswer.of(this.application.get(OpenAiStreamingChatModel.class)).text()).isEqualTo("yes");
		assertThat(this.application.first().requests()).hasSize(2)
			.allSatisfy((request) -> assertThat(request.path()).startsWith("/anthropic"));
	}

	@Test
	void commonParametersGoAlongAndOthersStay() {
		this.application = new ModelApplication(TO_CLAUDE);
		this.application.first().always(ModelFallbackTests::claudeOnly);
		ChatRequest request = ChatRequest.builder()
			.messages(UserMessage.from("hello"))
			.parameters(OpenAiChatRequestParameters.builder().temperature(0.25).seed(4711).build())
			.build();
		assertThat(this.application.get(OpenAiChatModel.class).chat(request).aiMessage().text()).isEqualTo("yes");
		assertThat(this.application.first().requests()).last()
			.satisfies((sent) -> assertThat(sent.text()).contains("0.25").doesNotContain("4711"));
	}

	@Test
	void firstErrorIsTheCallersIfTheOtherProviderFailsToo() {
		this.application = new ModelApplication(TO_CLAUDE);
		this.application.first().always(FakeAnswer.json(503, "{}"));
		OpenAiChatModel model = this.application.get(OpenAiChatModel.class);
		assertThatExceptionOfType(InternalServerException.class).isThrownBy(() -> model.chat("hello"))
			.satisfies((error) -> assertThat(error.getSuppressed()).isNotEmpty());
	}

	@Test
	void modelsAreNotAskedInTurnsForEver() {
		this.application = new ModelApplication("policies.chat.models=gpt-4.1",
				"policies.chat.fallbacks=anthropic:claude", "policies.other.models=claude",
				"policies.other.fallbacks=openai:gpt-4.1", "defaults.failure-threshold=50");
		this.application.first().always(FakeAnswer.json(503, "{}"));
		OpenAiChatModel model = this.application.get(OpenAiChatModel.class);
		assertThatExceptionOfType(InternalServerException.class).isThrownBy(() -> model.chat("hello"));
		assertThat(this.application.first().requestCount()).isEqualTo(2);
	}

	@Test
	void clientMistakesAndOpenFallbacksAreNotRerouted() {
		this.application = new ModelApplication(TO_CLAUDE);
		this.application.open("anthropic", "claude-other");
		this.application.open("openai", "gpt-4.1");
		OpenAiChatModel model = this.application.get(OpenAiChatModel.class);
		assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> model.chat("hello"));
		assertThat(this.application.first().requestCount()).isZero();
	}

	@Test
	void beansAreChosenByTheirNamesIfThoseAreGiven() {
		this.application = new ModelApplication("policies.chat.models=gpt-4.1",
				"policies.chat.fallbacks=google-gemini:other",
				"langchain4j.fallback-beans.google-gemini=anthropic,anthropicStreaming");
		this.application.first().always(ModelFallbackTests::claudeOnly);
		assertThat(this.application.get(OpenAiChatModel.class).chat("hello")).isEqualTo("yes");
		assertThat(StreamedAnswer.of(this.application.get(OpenAiStreamingChatModel.class)).text()).isEqualTo("yes");
	}

}
