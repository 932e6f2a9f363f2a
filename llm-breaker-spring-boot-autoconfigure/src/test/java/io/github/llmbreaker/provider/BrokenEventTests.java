// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Events of streams that are not what they should be.
 */
class BrokenEventTests {

	private static final String SSE = "text/event-stream";

	private static final String NDJSON = "application/x-ndjson";

	private static final String AWS = "application/vnd.amazon.eventstream";

	private static final String CONTENT = "{\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"He\"}}]}";

	private static final String FINISH = "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";

	private static final String ROLE = "{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}";

	@ParameterizedTest
	@ValueSource(strings = { "{\"id\":\"x\",\"choices\":[{\"delta\":{\"content\":\"He", "{", "{\"id\"", "{\"id\":",
			"{\"id\":\"x\"", "{\"id\":\"x\",", "<html>", "<html><body>502 Bad Gateway</body></html>", "not json", "nul",
			"{\"n\":nul}", "{\"n\":undefined}", "{\"n\":1x}", "{\"n\":tru", "\"cut", "}", "]", ":", ",",
			"{\"id\":\"x\"}}", "{\"id\":\"x\"}]", "{\"id\":\"x\"}{\"id\":\"y\"}", "{\"id\":\"x\"}garbage",
			"garbage{\"id\":\"x\"}", "{\"id\":\"x\",}", "{,\"id\":\"x\"}", "{\"id\" \"x\"}", "{\"id\"::\"x\"}",
			"{\"a\":1 \"b\":2}", "{\"a\":1:2}", "{'id':'x'}", "{id:1}", "{\"choices\":[}", "{\"choices\":]}",
			"{\"choices\":[1,]}", "{\"choices\":[1 2]}", "{\"choices\":[,1]}", "{\"choices\":[{]}}", "[{\"id\":1}",
			"{\"usage\":{\"n\":[1}}", "{\"usage\":[{\"n\":1]}", "{\"choices\":[{\"delta\":{\"content\":\"a\"b\"}}]}",
			"\u00e9", "{\u00e9}", "OK", "[ERROR", "null null", "{\"a\":-Infinite}" })
	void whenAnEventIsNoJsonThenTheStreamIsBroken(String event) {
		for (OutcomeKind kind : outcomes("openai", "chat.completions", SSE,
				sse(CONTENT, event, CONTENT, FINISH, "[DONE]"))) {
			assertThat(kind).as(event).isEqualTo(OutcomeKind.STREAM_ERROR);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "[DONE]", "{}", "{ }", "[]", "null", "5", "\"text\"", "true", "{\"n\":-1.5e+3}",
			"{\"logprob\":-Infinity,\"p\":NaN,\"q\":Infinity}", "{\"a\":[[],{},[{\"b\":[1,[2]]}]]}",
			" { \"a\" : [ 1 , true , null , \"]\" ] } ", "{\"\\\"\\\\\":\"\\\\\\\"\"}", "{\"error\":null}",
			"{\"choices\":[],\"usage\":{\"a\":{\"b\":[{}]}}}", "{\"a\":\"\u00e9\ud83d\ude00\"}" })
	void whenEventsAreJsonOrEmptyThenTheStreamIsFine(String event) {
		for (OutcomeKind kind : outcomes("openai", "chat.completions", SSE,
				sse(CONTENT, event, CONTENT, FINISH, "[DONE]"))) {
			assertThat(kind).as(event).isEqualTo(OutcomeKind.SUCCESS);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { ": keep-alive\n\n", "event: ping\n\n", "event: ping\ndata: {\"type\":\"ping\"}\n\n",
			"event: ping\ndata: still here\n\n", "event: keep-alive\ndata: x\n\n", "retry: 3000\n\n", "id: 7\n\n",
			"data\n\n", "data:\n\n", "data:\ndata:\n\n", "data: {\"id\":\ndata: \"x\",\ndata: \"n\":[1,\ndata: 2]}\n\n",
			"event: x\r\ndata: {\"id\":\"x\"}\r\n\r\n", "data:{\"id\":\"x\"}\r\r", "\n\n\n",
			"{\n\"id\": \"x\",\n\"n\": [1]\n}\n\n" })
	void whatIsNoDataIsNotBroken(String piece) {
		String stream = "\ufeff" + sse(CONTENT) + piece + sse(FINISH, "[DONE]");
		assertThat(outcomes("openai", "chat.completions", SSE, stream)).containsOnly(OutcomeKind.SUCCESS);
	}

	@Test
	void whenALineIsNoJsonThenTheStreamIsBroken() {
		String good = "{\"message\":{\"content\":\"a\"},\"done\":false}\n";
		String done = "{\"message\":{\"content\":\"\"},\"done\":true}\n";
		assertThat(outcomes("ollama", "chat", NDJSON, good + "\r\n \n" + good + done))
			.containsOnly(OutcomeKind.SUCCESS);
		for (String bad : List.of("<html>\n", "{\"message\":{\"content\":\"a\n", "oops\n", "{}{}\n")) {
			assertThat(outcomes("ollama", "chat", NDJSON, good + bad + good + done)).as(bad)
				.containsOnly(OutcomeKind.STREAM_ERROR);
		}
	}

	@Test
	void whenAnElementOfAnArrayIsNoJsonThenTheStreamIsBroken() {
		String good = "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}]}";
		String last = "{\"candidates\":[{\"content\":{\"parts\":[]},\"finishReason\":\"STOP\"}]}";
		String type = "application/json";
		assertThat(outcomes("google-gemini", "generateContent", type, "[" + good + "\n,\r\n" + last + "]"))
			.containsOnly(OutcomeKind.SUCCESS);
		for (String bad : List.of("{\"candidates\":[}]}", "oops", "{\"a\":1,}", "<p>", "x {}")) {
			assertThat(outcomes("google-gemini", "generateContent", type,
					"[" + good + "," + bad + "," + good + "," + last + "]"))
				.as(bad)
				.containsOnly(OutcomeKind.STREAM_ERROR);
			assertThat(outcomes("google-gemini", "generateContent", type, "[" + good + "," + bad + "]")).as(bad)
				.containsOnly(OutcomeKind.STREAM_ERROR);
		}
	}

	@Test
	void whenAFrameHoldsNoJsonThenTheStreamIsBroken() {
		byte[] good = frame("contentBlockDelta", "{\"delta\":{\"text\":\"a\"}}");
		byte[] stop = frame("messageStop", "{\"stopReason\":\"end_turn\"}");
		byte[] empty = frame("initial-response", "");
		assertThat(frames("converse", good, empty, stop)).isEqualTo(OutcomeKind.SUCCESS);
		for (String bad : List.of("{\"delta\":{\"text\":\"a", "oops", "<html>")) {
			assertThat(frames("converse", good, frame("contentBlockDelta", bad), stop)).as(bad)
				.isEqualTo(OutcomeKind.STREAM_ERROR);
			assertThat(frames("converse", frame("contentBlockDelta", bad), good, stop)).as(bad)
				.isEqualTo(OutcomeKind.STREAM_ERROR);
		}
	}

	@Test
	void whenTheEventInsideAFrameIsNoJsonThenTheStreamIsBroken() {
		byte[] good = chunk("{\"type\":\"content_block_delta\",\"delta\":{}}");
		byte[] stop = chunk("{\"type\":\"message_stop\"}");
		assertThat(frames("invoke", good, stop)).isEqualTo(OutcomeKind.SUCCESS);
		assertThat(frames("invoke", good, chunk("{\"type\":\"content_block_delta\",\"del"), stop))
			.isEqualTo(OutcomeKind.STREAM_ERROR);
		assertThat(frames("invoke", good, frame("chunk", "{\"bytes\":\"!\"}"), stop))
			.isEqualTo(OutcomeKind.STREAM_ERROR);
		byte[] large = chunk("{\"type\":\"content_block_delta\",\"delta\":{\"text\":\"" + "a".repeat(50_000) + "\"}}");
		assertThat(frames("invoke", good, large, stop)).isEqualTo(OutcomeKind.SUCCESS);
	}

	@Test
	void brokenBeforeAnyContentSettlesTheOutcome() {
		BodyObserver observer = observe("openai", "chat.completions", SSE);
		feed(observer, sse(ROLE));
		assertThat(observer.isSettled()).isFalse();
		feed(observer, sse("{\"choices\":[{\"delta\":{\"content\":\"He"));
		assertThat(observer.isSettled()).isTrue();
		feed(observer, sse(CONTENT, FINISH, "[DONE]"));
		assertThat(observer.outcome()).isEqualTo(streamError());
	}

	@Test
	void brokenAfterContentCountsAtTheEnd() {
		BodyObserver observer = observe("openai", "chat.completions", SSE);
		feed(observer, sse(CONTENT, "{\"choices\":[{\"delta\":{\"content\":\"He", CONTENT));
		assertThat(observer.isSettled()).isFalse();
		assertThat(observer.contentEvents()).isEqualTo(2);
		feed(observer, sse(FINISH, "[DONE]"));
		assertThat(observer.isSettled()).isTrue();
		assertThat(observer.outcome()).isEqualTo(streamError());
	}

	@Test
	void errorThatFollowsSaysMore() {
		String error = "{\"error\":{\"message\":\"x\",\"code\":\"rate_limit_exceeded\"}}";
		assertThat(outcomes("openai", "chat.completions", SSE, sse(CONTENT, "<html>", error)))
			.containsOnly(OutcomeKind.RATE_LIMITED);
	}

	@Test
	void errorThatWasCutIsStillThatError() {
		assertThat(outcomes("openai", "chat.completions", SSE,
				sse(CONTENT, "{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"Rate li")))
			.containsOnly(OutcomeKind.RATE_LIMITED);
	}

	@Test
	void whatComesAfterTheEndDoesNotMatter() {
		assertThat(outcomes("openai", "chat.completions", SSE, sse(CONTENT, FINISH, "[DONE]", "<html>")))
			.containsOnly(OutcomeKind.SUCCESS);
	}

	@Test
	void repeatedEventThatIsFollowedByGarbageIsBroken() {
		assertThat(outcomes("openai", "chat.completions", SSE,
				sse(CONTENT, CONTENT, CONTENT, CONTENT + "\ndata: }", CONTENT, FINISH)))
			.containsOnly(OutcomeKind.STREAM_ERROR);
	}

	@Test
	void textThatLooksLikeAStreamIsNotBroken() {
		assertThat(outcomes("openai", "audio.transcriptions", "text/plain", "data: the plural of datum.\n\nNo more."))
			.containsOnly(OutcomeKind.SUCCESS);
		assertThat(outcomes("openai", "chat.completions", "text/plain", sse(CONTENT, "oops", FINISH)))
			.containsOnly(OutcomeKind.STREAM_ERROR);
		assertThat(outcomes("openai", "chat.completions", "text/plain", sse("oops", CONTENT, FINISH)))
			.containsOnly(OutcomeKind.STREAM_ERROR);
	}

	private static CallOutcome streamError() {
		return new CallOutcome(OutcomeKind.STREAM_ERROR, OutcomeScope.MODEL, true, null, 200);
	}

	private static String sse(String... events) {
		StringBuilder stream = new StringBuilder();
		for (String event : events) {
			stream.append("data: ").append(event).append("\n\n");
		}
		return stream.toString();
	}

	/** Returns the outcomes of a body, however it is cut. */
	private static List<OutcomeKind> outcomes(String dialect, String endpoint, String type, String body) {
		return Cuts.all(Cuts.utf8(body)).stream().map((chunks) -> {
			BodyObserver observer = observe(dialect, endpoint, type);
			Cuts.feed(chunks, observer::onChunk);
			return observer.outcome().kind();
		}).distinct().toList();
	}

	private static OutcomeKind frames(String endpoint, byte[]... frames) {
		BodyObserver observer = observe("aws-bedrock", endpoint, AWS);
		for (byte[] frame : frames) {
			observer.onChunk(ByteBuffer.wrap(frame));
		}
		return observer.outcome().kind();
	}

	private static byte[] chunk(String event) {
		return frame("chunk", "{\"bytes\":\"" + Base64.getEncoder().encodeToString(Cuts.utf8(event)) + "\"}");
	}

	private static byte[] frame(String type, String payload) {
		return AwsFrames.frame(payload, ":message-type", "event", ":event-type", type);
	}

	private static BodyObserver observe(String id, String endpoint, @Nullable String contentType) {
		LlmDialect dialect = BuiltInDialects.all()
			.stream()
			.filter((candidate) -> candidate.id().equals(id))
			.findFirst()
			.orElseThrow();
		return dialect.observe(
				new AnswerHead(endpoint, "m", 200, (name) -> name.equalsIgnoreCase("content-type") ? contentType : null,
						InstantSource.fixed(Instant.EPOCH)));
	}

	private static void feed(BodyObserver observer, String text) {
		observer.onChunk(ByteBuffer.wrap(Cuts.utf8(text)));
	}

}
