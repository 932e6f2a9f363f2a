// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;

import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What observers of good answers say while the body passes.
 */
class AnswerObserverTests {

	private static final String SSE = "text/event-stream";

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			chat.completions | {"choices":[{"delta":{"role":"assistant","content":""}}]} | 0
			chat.completions | {"choices":[{"delta":{"role":"assistant","content":null}}]} | 0
			chat.completions | {"choices":[],"usage":{"total_tokens":3}} | 0
			chat.completions | {"choices":[{"delta":{"content":"a"}}]} | 1
			chat.completions | {"choices":[{"delta":{"reasoning_content":"a"}}]} | 1
			chat.completions | {"choices":[{"delta":{"reasoning":"a","content":""}}]} | 1
			chat.completions | {"choices":[{"delta":{"tool_calls":[{"index":0}]}}]} | 1
			chat.completions | {"choices":[{"delta":{"audio":{"data":"AA"}}}]} | 1
			completions | {"choices":[{"text":"a"}]} | 1
			responses | {"type":"response.created","response":{"output":[]}} | 0
			responses | {"type":"response.output_item.added","item":{}} | 0
			responses | {"type":"response.output_text.delta","delta":"a"} | 1
			responses | {"type":"response.reasoning_summary_text.delta","delta":"a"} | 1
			responses | {"type":"response.function_call_arguments.delta","delta":"{"} | 1
			messages | {"type":"message_start","message":{"content":[]}} | 0
			messages | {"type":"content_block_start","content_block":{"type":"text","text":""}} | 0
			messages | {"type":"ping"} | 0
			messages | {"type":"content_block_delta","delta":{"type":"text_delta","text":"a"}} | 1
			messages | {"type":"content_block_delta","delta":{"type":"input_json_delta","partial_json":"a"}} | 1
			messages | {"type":"content_block_delta","delta":{"type":"thinking_delta","thinking":"a"}} | 1
			""")
	@DisplayName("a content event is a piece of generated output and nothing else")
	void countsContentEvents(String endpoint, String data, long expected) {
		BodyObserver observer = observe("openai", endpoint, SSE);
		feed(observer, ": comment\n\n\n\ndata: " + data + "\n\n: keep-alive\n\n");
		assertThat(observer.contentEvents()).isEqualTo(expected);
		assertThat(observer.isStream()).isTrue();
		assertThat(observer.isSettled()).isFalse();
	}

	@Test
	void contentCountsAsSoonAsItsEventIsComplete() {
		BodyObserver observer = observe("openai", "chat.completions", SSE);
		feed(observer, "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n");
		feed(observer, "\n");
		assertThat(observer.contentEvents()).isEqualTo(1);
	}

	@Test
	void whenDocumentWaitsInQueueThenBlankLinesAreNoContent() {
		BodyObserver observer = observe("deepseek", "chat.completions", "application/json");
		feed(observer, "\n\n");
		assertThat(observer.contentEvents()).isZero();
		feed(observer, "{\"choices\":[{\"message\":{\"content\":\"a\"}}]}");
		assertThat(observer.contentEvents()).isOne();
		assertThat(observer.isStream()).isFalse();
		assertThat(observer.outcome().kind()).isEqualTo(OutcomeKind.SUCCESS);
	}

	@Test
	void numberOfAChatThatWasPutOffIsAnAnswerOfXaiOnly() {
		assertThat(judged("xai", "{\"request_id\":\"1\"}")).isEqualTo(OutcomeKind.SUCCESS);
		assertThat(judged("xai", "{\"code\":\"x\",\"error\":\"x\",\"request_id\":\"1\"}"))
			.isEqualTo(OutcomeKind.SERVER_ERROR);
		assertThat(judged("openai", "{\"request_id\":\"1\"}")).isEqualTo(OutcomeKind.SERVER_ERROR);
	}

	private OutcomeKind judged(String provider, String document) {
		BodyObserver observer = observe(provider, "chat.completions", "application/json");
		feed(observer, document);
		return observer.outcome().kind();
	}

	@Test
	void blanksBeforeTheBodyAreNoPartOfItHoweverTheyAreCut() {
		for (String[] chunks : new String[][] { { " data: {}\n\n" }, { " ", "data: {}\n\n" } }) {
			BodyObserver observer = observe("openai", "chat.completions", "text/plain");
			for (String chunk : chunks) {
				feed(observer, chunk);
			}
			assertThat(observer.isStream()).isTrue();
			assertThat(observer.outcome().kind()).isEqualTo(OutcomeKind.STREAM_ERROR);
		}
	}

	@Test
	@DisplayName("an error event settles the outcome with its own kind")
	void whenErrorEventPassesThenSettled() {
		BodyObserver observer = observe("anthropic", "messages", SSE);
		feed(observer, "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}\n\n");
		assertThat(observer.isSettled()).isTrue();
		assertThat(observer.outcome().kind()).isEqualTo(OutcomeKind.OVERLOADED);
		feed(observer, "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
		assertThat(observer.outcome().kind()).isEqualTo(OutcomeKind.OVERLOADED);
	}

	@Test
	void whenTerminalEventPassesThenSettled() {
		BodyObserver observer = observe("anthropic", "messages", SSE);
		feed(observer, "data: {\"type\":\"message_stop\"}\n\n");
		assertThat(observer.isSettled()).isTrue();
		assertThat(observer.outcome().kind()).isEqualTo(OutcomeKind.SUCCESS);
	}

	@Test
	@DisplayName("a stream without its terminal event is cut")
	void whenTerminalEventIsMissingThenCut() {
		BodyObserver observer = observe("anthropic", "messages", SSE);
		feed(observer, "data: {\"type\":\"content_block_delta\"}\n\n");
		assertThat(observer.isSettled()).isFalse();
		assertThat(observer.outcome().kind()).isEqualTo(OutcomeKind.STREAM_ERROR);
	}

	@Test
	void whenBodyIsCompressedThenItIsNotLookedInto() {
		Map<String, String> headers = Map.of("content-type", SSE, "content-encoding", "gzip");
		BodyObserver observer = dialect("openai").observe(head("chat.completions", headers::get));
		feed(observer, "data: {\"error\":{\"code\":\"insufficient_quota\"}}\n\n");
		assertThat(observer.isStream()).isTrue();
		assertThat(observer.contentEvents()).isOne();
		assertThat(observer.outcome().kind()).isEqualTo(OutcomeKind.SUCCESS);
	}

	@Test
	void whenGoodAnswerHasHeadersOfLimitsThenThereIsNoHint() {
		Map<String, String> headers = Map.of("content-type", "application/json", "x-ratelimit-remaining-requests", "0",
				"x-ratelimit-reset-requests", "6m0s", "retry-after", "5");
		BodyObserver observer = dialect("openai").observe(head("chat.completions", headers::get));
		feed(observer, "{}");
		assertThat(observer.outcome().retryAfter()).isNull();
	}

	@Test
	void readsFramesWithEventsOfVendors() {
		assertThat(invoke("{\"type\":\"content_block_delta\",\"delta\":{}}", "{\"type\":\"message_stop\"}"))
			.isEqualTo(OutcomeKind.SUCCESS);
		assertThat(invoke("{\"type\":\"content_block_delta\",\"delta\":{}}")).isEqualTo(OutcomeKind.STREAM_ERROR);
		assertThat(invoke("{\"outputText\":\"a\",\"completionReason\":null}",
				"{\"outputText\":\"\",\"completionReason\":\"CONTENT_FILTERED\"}"))
			.isEqualTo(OutcomeKind.CONTENT_FILTERED);
		assertThat(invoke("{\"generation\":\"a\",\"stop_reason\":null}",
				"{\"generation\":\"\",\"stop_reason\":\"length\",\"amazon-bedrock-invocationMetrics\":{\"n\":1}}"))
			.isEqualTo(OutcomeKind.SUCCESS);
		assertThat(invoke("{\"contentBlockDelta\":{\"delta\":{\"text\":\"a\"}}}",
				"{\"messageStop\":{\"stopReason\":\"end_turn\"}}"))
			.isEqualTo(OutcomeKind.SUCCESS);
		assertThat(invoke("{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\"}}"))
			.isEqualTo(OutcomeKind.OVERLOADED);
	}

	private static OutcomeKind invoke(String... events) {
		BodyObserver observer = observe("aws-bedrock", "invoke", "application/vnd.amazon.eventstream");
		for (String event : events) {
			String encoded = Base64.getEncoder().encodeToString(event.getBytes(StandardCharsets.UTF_8));
			byte[] frame = AwsFrames.frame("{\"bytes\":\"" + encoded + "\"}", ":message-type", "event", ":event-type",
					"chunk");
			observer.onChunk(ByteBuffer.wrap(frame));
		}
		return observer.outcome().kind();
	}

	@Test
	void countsPiecesOfVendorsAsContent() {
		BodyObserver observer = observe("aws-bedrock", "converse", "application/vnd.amazon.eventstream");
		observer.onChunk(ByteBuffer.wrap(AwsFrames.frame("{\"role\":\"assistant\"}", ":event-type", "messageStart")));
		assertThat(observer.contentEvents()).isZero();
		for (int i = 0; i < 3; i++) {
			observer.onChunk(ByteBuffer
				.wrap(AwsFrames.frame("{\"delta\":{\"text\":\"a\"}}", ":event-type", "contentBlockDelta")));
		}
		assertThat(observer.contentEvents()).isEqualTo(3);
		observer.onChunk(ByteBuffer.wrap(AwsFrames.frame("{\"message\":\"x\"}", ":message-type", "exception",
				":exception-type", "validationException")));
		assertThat(observer.isSettled()).isTrue();
		assertThat(observer.outcome().kind()).isEqualTo(OutcomeKind.CLIENT_ERROR);
	}

	@Test
	void leavesBuffersAsTheyAre() {
		BodyObserver observer = observe("openai", "chat.completions", SSE);
		ByteBuffer chunk = ByteBuffer.allocateDirect(64);
		chunk.position(7);
		chunk.put("data: {}\n\n".getBytes(StandardCharsets.UTF_8)).limit(chunk.position()).position(7);
		observer.onChunk(chunk.asReadOnlyBuffer());
		observer.onChunk(chunk);
		assertThat(chunk.position()).isEqualTo(7);
		assertThat(chunk.remaining()).isEqualTo(10);
	}

	private static BodyObserver observe(String dialect, String endpoint, String contentType) {
		return dialect(dialect)
			.observe(head(endpoint, (name) -> name.equalsIgnoreCase("content-type") ? contentType : null));
	}

	private static AnswerHead head(String endpoint, HeaderLookup headers) {
		return new AnswerHead(endpoint, "m", 200, headers, InstantSource.fixed(Instant.EPOCH));
	}

	private static LlmDialect dialect(String id) {
		return BuiltInDialects.all().stream().filter((dialect) -> dialect.id().equals(id)).findFirst().orElseThrow();
	}

	private static void feed(BodyObserver observer, String text) {
		observer.onChunk(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
	}

}
