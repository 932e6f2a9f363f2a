// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import io.github.llmbreaker.provider.error.ContentEncodings;
import io.github.llmbreaker.provider.error.Durations;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Feeds dialects what no provider should send.
 */
class DialectFuzzTests {

	private static final List<LlmDialect> DIALECTS = BuiltInDialects.all();

	private static final List<String> ENDPOINTS = List.of("chat.completions", "responses", "messages",
			"generateContent", "interactions", "converse", "invoke", "rawPredict", "chat", "generate", "embeddings",
			"unknown");

	private static final List<String> TYPES = List.of("application/json", "text/event-stream", "application/x-ndjson",
			"application/vnd.amazon.eventstream", "text/html", "text/plain", "audio/mpeg", ";;", "");

	private static final List<String> SCRAPS = List.of("{", "}", "[", "]", "\"", "\\", ",", ":", "null", "1e999",
			"\"error\":", "{\"error\":{", "\"code\":", "\"message\":\"", "\"type\":\"error\"", "choices", "data: ",
			"event: error\n", "\n\n", "[DONE]", "error: ", "\u0000", "\ud800", "ä", "429",
			"retry in 99999999999999999999h", "try again in 1:2:3.4", "<html>", "error code: 1015", "\"bytes\":\"AAA\"",
			"%", "\"details\":[");

	private static final List<String> PATH_PARTS = List.of("/", "%", "%2F", ":", "?", "#", "..", "v1", "models",
			"generateContent", "chat/completions", "invoke", "projects/p/locations/l");

	private static final List<SampleAnswer> ANSWERS = SampleAnswer.all();

	private static final List<String> VALUES = List.of("gzip", "deflate", "br", "zstd", "-1", "0",
			"99999999999999999999", "1792497625000", "6m0s", "2026-10-20T12:00:37Z", "Tue, 20 Oct 2026 12:01:30 GMT");

	private static final List<Integer> REDIRECTS = List.of(301, 302, 303, 307, 308);

	private static final List<Integer> STATUSES = List.of(0, 1, 100, 199, 200, 204, 299, 300, 304, 400, 401, 402, 403,
			404, 408, 409, 413, 422, 429, 499, 500, 502, 503, 504, 529, 599, 600, 999);

	@Test
	void classifyNeverThrowsAndNeverChangesTheBody() {
		Randomized.run(2_000, (random, input) -> {
			byte[] body = input.note("body", body(random));
			int status = input.note("status", random.nextBoolean() ? one(STATUSES, random) : random.nextInt(1_000));
			String value = input.note("header", headerValue(random));
			LlmDialect dialect = one(DIALECTS, random);
			input.note("dialect", dialect.id());
			byte[] copy = body.clone();
			CallOutcome outcome = dialect
				.classify(new ErrorAnswer(head("chat.completions", status, (name) -> value), body));
			assertThat(body).isEqualTo(copy);
			assertThat(outcome.status()).isEqualTo(status);
			assertThat(outcome.kind()).isNotEqualTo(OutcomeKind.CANCELLED);
			assertThat(outcome.kind() == OutcomeKind.CONNECT_ERROR).isEqualTo(REDIRECTS.contains(status));
			if (outcome.retryAfter() != null) {
				assertThat(outcome.retryAfter()).isBetween(Duration.ZERO, Durations.MAX);
				assertThat(outcome.retryAfter().toMillis()).isNotNegative();
			}
		});
	}

	@Test
	void observersSayTheSameHoweverTheBodyIsCut() {
		Randomized.run(2_000, (random, input) -> {
			byte[] body = input.note("body", body(random));
			LlmDialect dialect = one(DIALECTS, random);
			input.note("dialect", dialect.id());
			String endpoint = input.note("endpoint", one(ENDPOINTS, random));
			String contentType = input.note("type", one(TYPES, random));
			List<ByteBuffer> cuts = random.nextBoolean() ? Cuts.random(body, random) : fewCuts(body, random);
			input.note("cuts", Cuts.sizes(cuts));
			byte[] copy = body.clone();
			AnswerHead head = head(endpoint, 200, (name) -> name.equals("content-type") ? contentType : null);
			BodyObserver whole = dialect.observe(head);
			whole.onChunk(ByteBuffer.wrap(body));
			BodyObserver pieces = dialect.observe(head);
			Cuts.feed(cuts, pieces::onChunk);
			assertThat(pieces.isSettled()).isEqualTo(whole.isSettled());
			assertThat(pieces.outcome()).isEqualTo(whole.outcome());
			assertThat(whole.outcome()).isEqualTo(whole.outcome());
			assertThat(body).isEqualTo(copy);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/model/", "/v1/models/", "/openai/deployments/", "/hf-inference/models/" })
	void operationAndPathAreThereForAnyPath(String start) {
		Randomized.run(300, (random, input) -> {
			String path = input.note("path", start + text(random, 255));
			String model = input.note("model", text(random, 255));
			for (LlmDialect dialect : DIALECTS) {
				input.note("dialect", dialect.id());
				assertThat(dialect.operation(path)).isNotNull();
				assertThat(dialect.pathFor(path, model)).isNotNull();
			}
		});
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
		for (Charset charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
			assertThat(classifyEncoded(json.getBytes(charset), null)).as(charset.name())
				.isEqualTo(OutcomeKind.QUOTA_EXHAUSTED);
		}
	}

	private static byte[] body(SplittableRandom random) {
		return switch (random.nextInt(4)) {
			case 0 -> {
				byte[] bytes = new byte[length(random, 300)];
				random.nextBytes(bytes);
				yield bytes;
			}
			case 1 -> Cuts.utf8(joined(SCRAPS, length(random, 40), random));
			case 2 -> {
				byte[] answer = one(ANSWERS, random).body();
				yield Arrays.copyOf(answer, random.nextInt(answer.length + 1));
			}
			default -> RandomJson.vary(Cuts.utf8(RandomJson.value(random)), random);
		};
	}

	private static @Nullable String headerValue(SplittableRandom random) {
		return switch (random.nextInt(4)) {
			case 0 -> text(random, 20);
			case 1 -> one(TYPES, random);
			case 2 -> one(VALUES, random);
			default -> null;
		};
	}

	private static String text(SplittableRandom random, int maxLength) {
		int length = length(random, maxLength);
		StringBuilder text = new StringBuilder();
		while (text.length() < length) {
			switch (random.nextInt(5)) {
				case 0 -> text.append((char) random.nextInt(Character.MAX_VALUE + 1));
				case 1 -> text.append((char) random.nextInt(Character.MIN_SURROGATE, Character.MAX_SURROGATE + 1));
				case 2 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
				case 3 -> text.append(one(PATH_PARTS, random));
				default -> text.append((char) random.nextInt(0x80));
			}
		}
		return text.toString();
	}

	/** Up to eight cuts, at any place. */
	private static List<ByteBuffer> fewCuts(byte[] body, SplittableRandom random) {
		List<ByteBuffer> pieces = new ArrayList<>();
		int from = 0;
		for (int i = random.nextInt(9); i > 0; i--) {
			int to = from + length(random, body.length - from);
			pieces.add(ByteBuffer.wrap(body, from, to - from));
			from = to;
		}
		pieces.add(ByteBuffer.wrap(body, from, body.length - from));
		return pieces;
	}

	/** Rather short than long. */
	private static int length(SplittableRandom random, int max) {
		return random.nextInt(1 + random.nextInt(max + 1));
	}

	private static String joined(List<String> parts, int count, SplittableRandom random) {
		return Stream.generate(() -> one(parts, random)).limit(count).collect(Collectors.joining());
	}

	private static <T> T one(List<T> of, SplittableRandom random) {
		return of.get(random.nextInt(of.size()));
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
