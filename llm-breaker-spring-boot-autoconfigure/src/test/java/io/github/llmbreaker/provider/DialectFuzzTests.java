// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Feeds dialects what no provider should send.
 */
class DialectFuzzTests {

	private static final List<LlmDialect> DIALECTS = LlmProviders.builtInDialects();

	private static final List<String> ENDPOINTS = List.of("chat.completions", "responses", "messages",
			"generateContent", "interactions", "converse", "invoke", "rawPredict", "chat", "generate", "embeddings",
			"unknown");

	private static final List<String> TYPES = List.of("application/json", "text/event-stream", "application/x-ndjson",
			"application/vnd.amazon.eventstream", "text/html", "text/plain", "audio/mpeg", ";;", "");

	private static final String[] SCRAPS = { "{", "}", "[", "]", "\"", "\\", ",", ":", "null", "1e999", "\"error\":",
			"{\"error\":{", "\"code\":", "\"message\":\"", "\"type\":\"error\"", "choices", "data: ", "event: error\n",
			"\n\n", "[DONE]", "error: ", "\u0000", "\ud800", "ä", "429", "retry in 99999999999999999999h",
			"try again in 1:2:3.4", "<html>", "error code: 1015", "\"bytes\":\"AAA\"", "%", "\"details\":[" };

	@Provide
	Arbitrary<byte[]> bodies() {
		Arbitrary<byte[]> random = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
		Arbitrary<byte[]> scraps = Arbitraries.of(SCRAPS)
			.list()
			.ofMaxSize(40)
			.map((parts) -> String.join("", parts).getBytes(StandardCharsets.UTF_8));
		Arbitrary<byte[]> cut = Arbitraries.of(SampleAnswer.all())
			.flatMap((answer) -> Arbitraries.integers()
				.between(0, answer.body().length)
				.map((end) -> Arrays.copyOf(answer.body(), end)));
		return Arbitraries.oneOf(random, scraps, cut);
	}

	@Provide
	Arbitrary<@Nullable String> headerValues() {
		return Arbitraries
			.oneOf(Arbitraries.strings().ofMaxLength(20), Arbitraries.of(TYPES),
					Arbitraries.of("gzip", "deflate", "br", "zstd", "-1", "0", "99999999999999999999", "1792497625000",
							"6m0s", "2026-10-20T12:00:37Z", "Tue, 20 Oct 2026 12:01:30 GMT"))
			.injectNull(0.3);
	}

	@Property(tries = 600)
	void classifyNeverThrowsAndNeverChangesTheBody(@ForAll("bodies") byte[] body,
			@ForAll @IntRange(max = 999) int status, @ForAll("headerValues") @Nullable String value,
			@ForAll @IntRange(max = 20) int dialect) {
		byte[] copy = body.clone();
		CallOutcome outcome = DIALECTS.get(dialect % DIALECTS.size())
			.classify(new ErrorAnswer(head("chat.completions", status, (name) -> value), body));
		assertThat(body).isEqualTo(copy);
		assertThat(outcome.status()).isEqualTo(status);
		assertThat(outcome.kind()).isNotIn(OutcomeKind.CANCELLED, OutcomeKind.CONNECT_ERROR);
		if (outcome.retryAfter() != null) {
			assertThat(outcome.retryAfter()).isBetween(java.time.Duration.ZERO, Durations.MAX);
			assertThat(outcome.retryAfter().toMillis()).isNotNegative();
		}
	}

	@Property(tries = 600)
	void observersSayTheSameHoweverTheBodyIsCut(@ForAll("bodies") byte[] body, @ForAll @IntRange(max = 20) int dialect,
			@ForAll @IntRange(max = 11) int endpoint, @ForAll @IntRange(max = 8) int type,
			@ForAll @Size(max = 8) List<@IntRange(min = 1, max = 40) Integer> cuts) {
		byte[] copy = body.clone();
		String contentType = TYPES.get(type);
		AnswerHead head = head(ENDPOINTS.get(endpoint), 200,
				(name) -> name.equals("content-type") ? contentType : null);
		LlmDialect one = DIALECTS.get(dialect % DIALECTS.size());
		BodyObserver whole = one.observe(head);
		whole.onChunk(ByteBuffer.wrap(body));
		BodyObserver pieces = one.observe(head);
		int from = 0;
		for (int cut : cuts) {
			int to = Math.min(body.length, from + cut);
			pieces.onChunk(ByteBuffer.wrap(body, from, to - from));
			from = to;
		}
		pieces.onChunk(ByteBuffer.wrap(body, from, body.length - from));
		assertThat(pieces.isSettled()).isEqualTo(whole.isSettled());
		assertThat(pieces.outcome()).isEqualTo(whole.outcome());
		assertThat(whole.outcome()).isEqualTo(whole.outcome());
		assertThat(body).isEqualTo(copy);
	}

	@Property(tries = 300)
	void pathsNeverThrow(@ForAll String path, @ForAll String model, @ForAll @IntRange(max = 20) int dialect) {
		LlmDialect one = DIALECTS.get(dialect % DIALECTS.size());
		for (String start : new String[] { "/", "/model/", "/v1/models/", "/openai/deployments/",
				"/hf-inference/models/" }) {
			assertThat(one.operation(start + path)).isNotNull();
			assertThat(one.pathFor(start + path, model)).isNotNull();
		}
	}

	@Test
	void readsCompressedErrors() throws IOException {
		byte[] body = "{\"error\":{\"type\":\"insufficient_quota\",\"message\":\"x\"}}"
			.getBytes(StandardCharsets.UTF_8);
		assertThat(classifyEncoded(gzip(body), "gzip")).isEqualTo(OutcomeKind.QUOTA_EXHAUSTED);
		assertThat(classifyEncoded(gzip(body), "X-GZIP ")).isEqualTo(OutcomeKind.QUOTA_EXHAUSTED);
		assertThat(classifyEncoded(deflate(body), "deflate")).isEqualTo(OutcomeKind.QUOTA_EXHAUSTED);
		assertThat(classifyEncoded(body, "gzip")).isEqualTo(OutcomeKind.QUOTA_EXHAUSTED);
		assertThat(classifyEncoded(gzip(body), "br")).isEqualTo(OutcomeKind.RATE_LIMITED);
		assertThat(classifyEncoded(new byte[] { 31, -117, 8, 0 }, "gzip")).isEqualTo(OutcomeKind.RATE_LIMITED);
	}

	@Test
	void whenErrorUnpacksToALotThenReadsTheStartOnly() throws IOException {
		byte[] bomb = gzip(new byte[50 * 1024 * 1024]);
		assertThat(bomb.length).isLessThan(64 * 1024);
		assertThat(ContentEncodings.decode(bomb, "gzip")).hasSize(64 * 1024);
	}

	@Test
	void readsWideEncodings() {
		String json = "{\"error\":{\"type\":\"insufficient_quota\"}}";
		for (java.nio.charset.Charset charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE,
				StandardCharsets.UTF_16BE)) {
			assertThat(classifyEncoded(json.getBytes(charset), null)).as(charset.name())
				.isEqualTo(OutcomeKind.QUOTA_EXHAUSTED);
		}
	}

	private static OutcomeKind classifyEncoded(byte[] body, @Nullable String encoding) {
		AnswerHead head = head("chat.completions", 429, (name) -> name.equals("content-encoding") ? encoding : null);
		return DIALECTS.get(0).classify(new ErrorAnswer(head, body)).kind();
	}

	private static byte[] gzip(byte[] body) throws IOException {
		ByteArrayOutputStream encoded = new ByteArrayOutputStream();
		try (OutputStream stream = new GZIPOutputStream(encoded)) {
			stream.write(body);
		}
		return encoded.toByteArray();
	}

	private static byte[] deflate(byte[] body) throws IOException {
		ByteArrayOutputStream encoded = new ByteArrayOutputStream();
		try (OutputStream stream = new DeflaterOutputStream(encoded)) {
			stream.write(body);
		}
		return encoded.toByteArray();
	}

	private static AnswerHead head(String endpoint, int status, HeaderLookup headers) {
		return new AnswerHead(endpoint, "m", status, headers,
				InstantSource.fixed(Instant.parse("2026-10-20T12:00:00Z")));
	}

}
