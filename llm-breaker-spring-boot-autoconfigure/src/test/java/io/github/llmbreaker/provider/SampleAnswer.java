// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;

/**
 * An answer of a provider and what it means.
 */
record SampleAnswer(String id, LlmDialect dialect, AnswerHead head, byte[] body, CallOutcome expected,
		@Nullable String doc) {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-10-20T12:00:00Z"));

	static List<SampleAnswer> all() {
		try {
			String lines = new ClassPathResource("answers.jsonl").getContentAsString(StandardCharsets.UTF_8);
			return lines.lines().map(MAPPER::readTree).map(SampleAnswer::of).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static SampleAnswer of(JsonNode json) {
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		json.get("headers").properties().forEach((entry) -> headers.put(entry.getKey(), entry.getValue().asString()));
		int status = json.get("status").asInt();
		AnswerHead head = new AnswerHead(json.get("endpoint").asString(), "m", status, headers::get, CLOCK);
		JsonNode body = json.get("body");
		Charset charset = headers.getOrDefault("content-type", "").contains("8859") ? StandardCharsets.ISO_8859_1
				: StandardCharsets.UTF_8;
		byte[] bytes = (body.isString() ? body.asString() : body.toString()).getBytes(charset);
		OutcomeScope scope = OutcomeScope.valueOf(json.get("scope").asString());
		JsonNode wait = json.get("wait");
		CallOutcome expected = new CallOutcome(OutcomeKind.valueOf(json.get("kind").asString()), scope,
				scope != OutcomeScope.NONE, wait.isNull() ? null : Duration.ofMillis(wait.asLong()), status);
		JsonNode doc = json.get("doc");
		return new SampleAnswer(json.get("id").asString(), dialect(json.get("dialect").asString()), head, bytes,
				expected, (doc != null) ? doc.asString() : null);
	}

	private static LlmDialect dialect(String id) {
		return BuiltInDialects.all().stream().filter((dialect) -> dialect.id().equals(id)).findFirst().orElseThrow();
	}

	/** Judges it, with the body in pieces of some bytes. */
	CallOutcome judge(int chunkSize) {
		if (this.head.status() >= 300) {
			return this.dialect.classify(new ErrorAnswer(this.head, this.body));
		}
		BodyObserver observer = this.dialect.observe(this.head);
		RecordedCallRunner.feed(observer, this.body, chunkSize);
		return observer.outcome();
	}

	@Override
	public String toString() {
		return this.id;
	}

}
