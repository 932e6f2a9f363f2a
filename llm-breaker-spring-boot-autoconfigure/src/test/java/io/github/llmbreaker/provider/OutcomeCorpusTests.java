// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.provider.RecordedCallRunner.Result;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Judges recorded calls of all providers and compares with what they are known to mean.
 */
class OutcomeCorpusTests {

	private static final Logger LOGGER = LoggerFactory.getLogger(OutcomeCorpusTests.class);

	private static final List<String> FIELDS = List.of("provider", "endpoint", "model", "kind", "exact", "scope",
			"counts", "wait");

	private static final int WHOLE = Integer.MAX_VALUE / 2;

	/** Calls of well-known providers, written from what they document. */
	@ParameterizedTest
	@ValueSource(ints = { WHOLE, 7, 1 })
	void judgesRecordedCalls(int chunkSize) throws IOException {
		assertThat(mistakes("corpus/outcomes.jsonl", 280, chunkSize)).isEmpty();
	}

	/**
	 * Calls as people have met them: gateways, regional providers, wrapped errors. Each
	 * says where it was seen.
	 */
	@ParameterizedTest
	@ValueSource(ints = { WHOLE, 7, 1 })
	void judgesCallsMetInTheWild(int chunkSize) throws IOException {
		List<String> mistakes = mistakes("corpus/wild.jsonl", 160, chunkSize);
		assertThat(mistakes).filteredOn((mistake) -> !mistake.contains(": exact of ")).isEmpty();
	}

	/**
	 * What those calls have in common, at other vendors, under other statuses and in
	 * other languages.
	 */
	@ParameterizedTest
	@ValueSource(ints = { WHOLE, 7, 1 })
	void judgesCallsLikeThoseMetInTheWild(int chunkSize) throws IOException {
		List<String> mistakes = mistakes("corpus/related.jsonl", 400, chunkSize);
		assertThat(mistakes).filteredOn((mistake) -> !mistake.contains(": exact of ")).isEmpty();
	}

	/** Calls of hosts that are known without configuration. */
	@ParameterizedTest
	@ValueSource(ints = { WHOLE, 7, 1 })
	void judgesCallsOfKnownHosts(int chunkSize) throws IOException {
		assertThat(mistakes("corpus/hosts.jsonl", 40, chunkSize)).isEmpty();
	}

	private static List<String> mistakes(String corpus, int size, int chunkSize) throws IOException {
		List<RecordedCall> calls = RecordedCall
			.readAll(new ClassPathResource(corpus).getContentAsString(StandardCharsets.UTF_8));
		Map<String, Score> scores = new TreeMap<>();
		List<String> mistakes = new ArrayList<>();
		for (RecordedCall call : calls) {
			Map<String, Boolean> fields = compare(call, RecordedCallRunner.run(call, chunkSize), mistakes);
			scores.computeIfAbsent(call.provider(), (key) -> new Score()).add(fields);
			scores.computeIfAbsent("~ all", (key) -> new Score()).add(fields);
		}
		StringBuilder table = new StringBuilder("\n%-20s %5s".formatted("", "calls"));
		FIELDS.forEach((field) -> table.append(" %8s".formatted(field)));
		scores.forEach((provider, score) -> table.append("\n%-20s".formatted(provider)).append(score));
		LOGGER.info("Pieces of {} bytes: {}", chunkSize, table);
		assertThat(calls).hasSizeGreaterThan(size);
		return mistakes;
	}

	private static Map<String, Boolean> compare(RecordedCall call, Result result, List<String> mistakes) {
		CallOutcome outcome = result.outcome();
		Map<String, Boolean> fields = new TreeMap<>();
		fields.put("provider", Objects.equals(call.expected("provider"), result.provider()));
		if (outcome != null) {
			fields.put("endpoint",
					call.isIdentityOpen() || Objects.equals(call.expected("endpoint"), result.endpoint()));
			fields.put("model", call.isIdentityOpen() || Objects.equals(call.expected("model"), result.model()));
			fields.put("kind", call.kinds().contains(outcome.kind().name()));
			fields.put("exact", call.kinds().get(0).equals(outcome.kind().name()));
			fields.put("scope", call.scopes().contains(outcome.scope().name()));
			fields.put("counts", String.valueOf(outcome.countsAsFailure()).equals(call.expected("counts_as_failure")));
			fields.put("wait", call.waits().stream().anyMatch((wait) -> isClose(wait, outcome)));
		}
		fields.forEach((field, right) -> {
			if (!right) {
				mistakes.add(call.id() + ": " + field + " of " + result);
			}
		});
		return fields;
	}

	private static boolean isClose(@Nullable Long expected, CallOutcome outcome) {
		Duration wait = outcome.retryAfter();
		if (expected == null || wait == null) {
			return expected == null && wait == null;
		}
		return Math.abs(expected - wait.toMillis()) <= 1;
	}

	private static final class Score {

		private int calls;

		private final Map<String, Integer> right = new TreeMap<>();

		void add(Map<String, Boolean> fields) {
			this.calls++;
			FIELDS.forEach((field) -> this.right.merge(field, fields.getOrDefault(field, true) ? 1 : 0, Integer::sum));
		}

		@Override
		public String toString() {
			StringBuilder line = new StringBuilder(" %5d".formatted(this.calls));
			FIELDS.forEach((field) -> line.append(" %7.1f%%".formatted(100.0 * this.right.get(field) / this.calls)));
			return line.toString();
		}

	}

}
