// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

import io.github.llmbreaker.provider.error.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The APIs whose answers we understand, a table each, and the endpoints behind which they
 * stand.
 *
 * @since 0.1.0
 */
public final class ApiEvents {

	/** What answers hold at those who follow OpenAI, more or less. */
	private static final String[] RESULTS = { "choices", "data", "output", "outputs", "result", "results", "response",
			"text", "content", "message.content", "message.role", "generated_text", "generations", "completion",
			"candidates", "embeddings", "embedding", "predictions", "answer", "Response.Choices",
			"prompt_filter_results" };

	/**
	 * Chat completions and everything else that OpenAI and its followers put into
	 * {@code choices}; also the typed events of images and audio.
	 */
	public static final EventTable CHAT = chat(new EventTable()).results(RESULTS);

	/** The same for what answers with text or numbers in any case. */
	static final EventTable TEXT = chat(new EventTable()).results(RESULTS).needingResult();

	/**
	 * The same where a chat may be put off: there is a number to fetch its answer with.
	 */
	public static final EventTable DEFERRABLE = chat(new EventTable()).results(RESULTS)
		.orResult("request_id")
		.needingResult();

	/**
	 * OpenAI's Responses API: typed events, the last of which holds the whole response.
	 */
	static final EventTable RESPONSES = new EventTable().types(EventTable.NAME, "type")
		.contentTypes("*.delta", "*.partial_image")
		.endTypes("response.completed", "response.done")
		.lastType("response.incomplete", "response.incomplete_details.reason")
		.failureTypes(Verdict.CLIENT_ERROR, "response.cancelled")
		.failureTypes(Verdict.SERVER_ERROR, "response.failed")
		.failureIf(Verdict.SERVER_ERROR, "status", "failed")
		.failureIf(Verdict.CLIENT_ERROR, "status", "cancelled")
		.finish("incomplete_details.reason")
		.results("output", "status", "type", "object", "id")
		.needingResult();

	/** Anthropic's Messages API, also where others serve it. */
	static final EventTable MESSAGES = messages(new EventTable())
		.results("type", "role", "content", "stop_reason", "completion", "input_tokens")
		.needingResult();

	/**
	 * Google's {@code generateContent}: every event is a response of its own, the last
	 * one says why the model stopped.
	 */
	static final EventTable GEMINI = new EventTable().orArray()
		.content("candidates[*].content.parts")
		.failure(Verdict.CONTENT_FILTERED, "promptFeedback.blockReason")
		.last("candidates[*].finishReason");

	/** Google's Interactions API. */
	static final EventTable INTERACTIONS = new EventTable().types("event_type", EventTable.NAME)
		.contentTypes("*.delta")
		.endTypes("interaction.complete", "interaction.completed")
		.failureTypes(Verdict.SERVER_ERROR, "error", "interaction.failed")
		.failureIf(Verdict.SERVER_ERROR, "status", "failed")
		.failureIf(Verdict.CLIENT_ERROR, "status", "cancelled");

	/**
	 * Models behind a cloud that passes their vendors' own formats on: Anthropic, OpenAI
	 * style, Amazon, Meta, Mistral and Cohere.
	 */
	static final EventTable VENDOR = vendor();

	/** AWS Bedrock: the events of Converse, and the vendors' own ones in Base64. */
	static final EventTable BEDROCK = vendor().unlessNamed()
		.types(EventTable.NAME)
		.contentTypes("contentBlockDelta")
		.lastType("messageStop", "stopReason")
		.encodedType("chunk", "bytes");

	/** Ollama's own API: one JSON document per line. */
	public static final EventTable OLLAMA = new EventTable()
		.content("message.content", "message.thinking", "message.tool_calls", "response", "thinking")
		.lastIf("done", "true", "done_reason");

	/** Cohere's chat API, version 2 and the older one. */
	public static final EventTable COHERE = new EventTable().types("type", "event_type", EventTable.NAME)
		.contentTypes("content-delta", "tool-plan-delta", "tool-call-start", "tool-call-delta", "text-generation",
				"tool-calls-chunk", "tool-calls-generation")
		.endTypes("message-end", "stream-end")
		.finish("delta.finish_reason", "finish_reason");

	/** The text generation API of Hugging Face: tokens, the last with the whole text. */
	static final EventTable GENERATE = new EventTable().content("token.text")
		.endIfText("generated_text")
		.end("details");

	/** DashScope's own API: it writes null as a text until the model stops. */
	public static final EventTable DASHSCOPE = new EventTable()
		.content("output.text", "output.choices[*].message.content", "output.choices[*].message.reasoning_content")
		.lastUnless("null", "output.finish_reason", "output.choices[*].finish_reason")
		.results("output", "usage");

	/** The text API of IBM watsonx.ai. */
	public static final EventTable WATSONX = new EventTable().content("results[*].generated_text")
		.lastUnless("not_finished", "results[*].stop_reason")
		.results("results");

	/** The own API of Cloudflare's Workers AI. */
	public static final EventTable WORKERS_AI = chat(new EventTable()).content("response").results(RESULTS);

	private ApiEvents() {
	}

	private static EventTable chat(EventTable table) {
		return table.types(EventTable.NAME, "type")
			.contentTypes("*.delta", "*.partial_image")
			.endTypes("*.done", "*.completed")
			.content("choices[*].delta.content", "choices[*].text", "choices[*].delta.tool_calls",
					"choices[*].delta.reasoning_content", "choices[*].delta.reasoning",
					"choices[*].delta.function_call", "choices[*].delta.audio", "choices[*].delta.refusal")
			.last("choices[*].finish_reason");
	}

	private static EventTable messages(EventTable table) {
		return table.types("type", EventTable.NAME)
			.contentTypes("content_block_delta")
			.finishType("message_delta", "delta.stop_reason")
			.endTypes("message_stop")
			.finish("stop_reason");
	}

	/** The formats of all vendors. */
	private static EventTable vendor() {
		return chat(messages(new EventTable()))
			.content("contentBlockDelta", "outputText", "generation", "outputs[*].text", "text")
			.last("stopReason", "messageStop.stopReason", "completionReason", "results[*].completionReason",
					"outputs[*].stop_reason", "finish_reason")
			.end("amazon-bedrock-invocationMetrics");
	}

	/**
	 * Returns what the answers of an endpoint mean, {@code null} where nothing is known.
	 */
	public static @Nullable EventTable of(String endpoint) {
		return switch (endpoint) {
			case "unknown", "models" -> null;
			case "chat.completions", "completions", "fim.completions", "agents.completions" -> TEXT;
			case "responses" -> RESPONSES;
			case "messages", "messages.count_tokens" -> MESSAGES;
			case "generateContent", "countTokens", "embedContent", "predict" -> GEMINI;
			case "interactions" -> INTERACTIONS;
			case "rawPredict", "count-tokens" -> VENDOR;
			case "converse", "invoke" -> BEDROCK;
			case "generate", "text-generation" -> GENERATE;
			default -> CHAT;
		};
	}

}
