// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import java.util.Arrays;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * What errors mean, row by row: the first row that fits decides. A row holds for the
 * statuses that were named last before it.
 *
 * @since 0.1.0
 */
public final class ErrorTable {

	private Row[] rows = {};

	/** Those of the next row, sorted; none means any. */
	private int[] statuses = {};

	/** The next rows hold for these statuses; 0 is none, as in good answers. */
	public ErrorTable at(int... statuses) {
		this.statuses = statuses.clone();
		Arrays.sort(this.statuses);
		return this;
	}

	/** The next rows hold whatever the status is. */
	public ErrorTable atAny() {
		return at();
	}

	/** The message says one of these near its start; in lower case. */
	public ErrorTable says(Verdict verdict, String... texts) {
		return when(verdict, (facts) -> facts.says(texts));
	}

	/** The message starts with one of these; in lower case. */
	public ErrorTable starts(Verdict verdict, String... texts) {
		return when(verdict, (facts) -> facts.starts(texts));
	}

	/** There is one of these codes. */
	public ErrorTable code(Verdict verdict, String... names) {
		String[] codes = Arrays.stream(names).map(ErrorCodes::normalize).toArray(String[]::new);
		return when(verdict, (facts) -> facts.hasNormalized(codes));
	}

	/** Something else is the case. */
	public ErrorTable when(Verdict verdict, Predicate<ErrorFacts> condition) {
		return ask((facts) -> condition.test(facts) ? verdict : null);
	}

	/** In any case. */
	public ErrorTable always(Verdict verdict) {
		return ask((facts) -> verdict);
	}

	/** The rows of another table follow. */
	public ErrorTable include(ErrorTable other) {
		return ask(other::judge);
	}

	/** The rows of another table follow if something is the case. */
	public ErrorTable include(Predicate<ErrorFacts> condition, ErrorTable other) {
		return ask((facts) -> condition.test(facts) ? other.judge(facts) : null);
	}

	/** Something else decides, or does not. */
	ErrorTable ask(Row row) {
		int[] fitting = this.statuses;
		this.rows = Arrays.copyOf(this.rows, this.rows.length + 1);
		this.rows[this.rows.length - 1] = (fitting.length == 0) ? row
				: (facts) -> (Arrays.binarySearch(fitting, facts.status()) >= 0) ? row.judge(facts) : null;
		return this;
	}

	@Nullable Verdict judge(ErrorFacts facts) {
		for (Row row : this.rows) {
			Verdict verdict = row.judge(facts);
			if (verdict != null) {
				return verdict;
			}
		}
		return null;
	}

	/**
	 * Judges an error, or leaves that to the next row.
	 */
	@FunctionalInterface
	interface Row {

		@Nullable Verdict judge(ErrorFacts facts);

	}

}
