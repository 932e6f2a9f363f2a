// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.doors;

import java.util.concurrent.TimeUnit;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.google.genai.Client;
import com.google.genai.types.GenerateContentResponse;
import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.context.ApplicationContext;

/**
 * A way of an application to ask a model, with a library as it comes.
 *
 * @param name for people
 * @param vendor who is asked
 * @param stream whether the answer is a stream
 * @param asking asks
 */
record Door(String name, Vendor vendor, boolean stream, Asking asking) {

	/** Beyond that a call hangs. */
	private static final long PATIENCE_SECONDS = 20;

	static final Door[] ALL = { new Door("OpenAI SDK", Vendor.OPENAI, false, Door::openAi),
			new Door("OpenAI SDK, async", Vendor.OPENAI, false, Door::openAiAsync),
			new Door("OpenAI SDK, stream", Vendor.OPENAI, true, Door::openAiStream),
			new Door("OpenAI SDK, async stream", Vendor.OPENAI, true, Door::openAiAsyncStream),
			new Door("Anthropic SDK", Vendor.ANTHROPIC, false, Door::anthropic),
			new Door("Anthropic SDK, async", Vendor.ANTHROPIC, false, Door::anthropicAsync),
			new Door("Anthropic SDK, stream", Vendor.ANTHROPIC, true, Door::anthropicStream),
			new Door("Google SDK", Vendor.GEMINI, false, Door::google),
			new Door("Google SDK, async", Vendor.GEMINI, false, Door::googleAsync),
			new Door("Google SDK, stream", Vendor.GEMINI, true, Door::googleStream),
			model("openAiChatModel", Vendor.OPENAI), stream("openAiChatModel", Vendor.OPENAI),
			model("anthropicChatModel", Vendor.ANTHROPIC), stream("anthropicChatModel", Vendor.ANTHROPIC),
			model("googleGenAiChatModel", Vendor.GEMINI), stream("googleGenAiChatModel", Vendor.GEMINI),
			model("ollamaChatModel", Vendor.OLLAMA), stream("ollamaChatModel", Vendor.OLLAMA) };

	/** Models that the application has built by itself. */
	static final Door[] HAND_MADE = { model("handMadeOpenAi", Vendor.OPENAI), stream("handMadeOpenAi", Vendor.OPENAI),
			model("handMadeAnthropic", Vendor.ANTHROPIC), stream("handMadeAnthropic", Vendor.ANTHROPIC) };

	private static Door model(String bean, Vendor vendor) {
		return new Door("Spring AI " + bean, vendor, false,
				(context) -> context.getBean(bean, ChatModel.class)
					.call(new Prompt("Hello"))
					.getResult()
					.getOutput()
					.getText());
	}

	private static Door stream(String bean, Vendor vendor) {
		return new Door("Spring AI " + bean + ", stream", vendor, true, (context) -> {
			StringBuffer text = new StringBuffer();
			Flux<ChatResponse> answer = context.getBean(bean, ChatModel.class).stream(new Prompt("Hello"));
			answer.doOnNext((part) -> {
				if (part.getResult() != null && part.getResult().getOutput().getText() != null) {
					text.append(part.getResult().getOutput().getText());
				}
			}).blockLast(java.time.Duration.ofSeconds(PATIENCE_SECONDS));
			return text.toString();
		});
	}

	String ask(ApplicationContext context) throws Exception {
		return this.asking.ask(context);
	}

	@Override
	public String toString() {
		return this.name;
	}

	private static ChatCompletionCreateParams openAiParams() {
		return ChatCompletionCreateParams.builder().model(Vendor.OPENAI.model()).addUserMessage("Hello").build();
	}

	private static String openAi(ApplicationContext context) {
		return context.getBean(OpenAIClient.class)
			.chat()
			.completions()
			.create(openAiParams())
			.choices()
			.get(0)
			.message()
			.content()
			.orElse("");
	}

	private static String openAiAsync(ApplicationContext context) throws Exception {
		return context.getBean(OpenAIClientAsync.class)
			.chat()
			.completions()
			.create(openAiParams())
			.get(PATIENCE_SECONDS, TimeUnit.SECONDS)
			.choices()
			.get(0)
			.message()
			.content()
			.orElse("");
	}

	private static String openAiStream(ApplicationContext context) {
		StringBuilder text = new StringBuilder();
		try (com.openai.core.http.StreamResponse<ChatCompletionChunk> stream = context.getBean(OpenAIClient.class)
			.chat()
			.completions()
			.createStreaming(openAiParams())) {
			stream.stream().forEach((chunk) -> append(text, chunk));
		}
		return text.toString();
	}

	private static String openAiAsyncStream(ApplicationContext context) throws Exception {
		StringBuffer text = new StringBuffer();
		var stream = context.getBean(OpenAIClientAsync.class).chat().completions().createStreaming(openAiParams());
		stream.subscribe((chunk) -> append(text, chunk));
		stream.onCompleteFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		return text.toString();
	}

	private static void append(Appendable text, ChatCompletionChunk chunk) {
		chunk.choices().forEach((choice) -> choice.delta().content().ifPresent((part) -> {
			try {
				text.append(part);
			}
			catch (java.io.IOException ex) {
				throw new java.io.UncheckedIOException(ex);
			}
		}));
	}

	private static MessageCreateParams anthropicParams() {
		return MessageCreateParams.builder()
			.model(Vendor.ANTHROPIC.model())
			.maxTokens(10)
			.addUserMessage("Hello")
			.build();
	}

	private static String anthropic(ApplicationContext context) {
		return context.getBean(AnthropicClient.class)
			.messages()
			.create(anthropicParams())
			.content()
			.get(0)
			.asText()
			.text();
	}

	private static String anthropicAsync(ApplicationContext context) throws Exception {
		return context.getBean(AnthropicClientAsync.class)
			.messages()
			.create(anthropicParams())
			.get(PATIENCE_SECONDS, TimeUnit.SECONDS)
			.content()
			.get(0)
			.asText()
			.text();
	}

	private static String anthropicStream(ApplicationContext context) {
		StringBuilder text = new StringBuilder();
		try (StreamResponse<RawMessageStreamEvent> stream = context.getBean(AnthropicClient.class)
			.messages()
			.createStreaming(anthropicParams())) {
			stream.stream()
				.flatMap((event) -> event.contentBlockDelta().stream())
				.flatMap((delta) -> delta.delta().text().stream())
				.forEach((part) -> text.append(part.text()));
		}
		return text.toString();
	}

	private static String google(ApplicationContext context) {
		return context.getBean(Client.class).models.generateContent(Vendor.GEMINI.model(), "Hello", null).text();
	}

	private static String googleAsync(ApplicationContext context) throws Exception {
		return context.getBean(Client.class).async.models.generateContent(Vendor.GEMINI.model(), "Hello", null)
			.get(PATIENCE_SECONDS, TimeUnit.SECONDS)
			.text();
	}

	private static String googleStream(ApplicationContext context) {
		StringBuilder text = new StringBuilder();
		for (GenerateContentResponse part : context.getBean(Client.class).models
			.generateContentStream(Vendor.GEMINI.model(), "Hello", null)) {
			text.append(part.text());
		}
		return text.toString();
	}

	/**
	 * Asks for real.
	 */
	@FunctionalInterface
	interface Asking {

		String ask(ApplicationContext context) throws Exception;

	}

}
