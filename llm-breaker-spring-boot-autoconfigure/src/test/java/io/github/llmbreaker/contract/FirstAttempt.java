// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.util.List;
import java.util.Set;

import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.testing.FakeAnswer;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the first attempt of a call.
 */
enum FirstAttempt {

	ANSWERS("the first attempt answers"),

	FAILS("the first attempt fails", OutcomeKind.OVERLOADED),

	IS_CUT("the first attempt is cut before content", OutcomeKind.STREAM_ERROR, OutcomeKind.SERVER_ERROR),

	REPORTS_INSIDE("the first attempt reports an error inside of a good answer", OutcomeKind.RATE_LIMITED),

	REPORTS_AND_STALLS("the first attempt reports an error inside of a stream that does not end",
			OutcomeKind.RATE_LIMITED),

	IS_CLOSED("the first attempt gets no answer", OutcomeKind.SERVER_ERROR),

	IS_REJECTED("the first attempt is rejected");

	private static final String ERROR = "{\"error\":{\"message\":\"no\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}";

	private static final int BEGINNING = 30;

	private final String title;

	private final Set<OutcomeKind> kinds;

	FirstAttempt(String title, OutcomeKind... kinds) {
		this.title = title;
		this.kinds = Set.of(kinds);
	}

	String title() {
		return this.title;
	}

	/**
	 * How a failed attempt ends.
	 */
	Set<OutcomeKind> kinds() {
		return this.kinds;
	}

	/**
	 * Whether another attempt has to answer.
	 */
	boolean isFailure() {
		return this != ANSWERS;
	}

	@Nullable String reasonAgainst(ContractClient client, Recovering recovering) {
		if ((this == REPORTS_INSIDE || this == REPORTS_AND_STALLS) && client.sight() != Sight.WIRE) {
			return "its guard does not see the bytes";
		}
		if (this == IS_REJECTED && !recovering.isFallback()) {
			return "a rejection is not retried";
		}
		return isFailure() ? recovering.reasonAgainst(client) : null;
	}

	/**
	 * Whether it is tried whatever limits the time.
	 */
	boolean isForAllLimits() {
		return this == ANSWERS || this == FAILS || this == IS_CUT;
	}

	/**
	 * Returns what the provider sends for it.
	 * @param early whether not even the first byte of the body may come
	 */
	List<FakeAnswer> answers(Answers good, Ask ask, boolean early) {
		boolean stream = ask.stream();
		return switch (this) {
			case ANSWERS -> List.of(good.good(stream, ask.reading() == Reading.PIECES));
			case FAILS -> List.of(FakeAnswer.json(503, "{}"));
			case IS_CUT -> List.of(cut(good, stream, early));
			case REPORTS_INSIDE ->
				List.of(stream ? FakeAnswer.sse(Answers.ROLE, "data: " + ERROR + "\n\n") : FakeAnswer.json(200, ERROR));
			case REPORTS_AND_STALLS -> List.of(stream ? FakeAnswer.sse(Answers.ROLE, "data: " + ERROR + "\n\n").stall()
					: FakeAnswer.json(200, ERROR));
			case IS_CLOSED -> List.of(FakeAnswer.disconnect());
			case IS_REJECTED -> List.of();
		};
	}

	private static FakeAnswer cut(Answers good, boolean stream, boolean early) {
		if (stream) {
			return (early ? FakeAnswer.sse() : FakeAnswer.sse(Answers.ROLE)).cut();
		}
		return good.documentUpTo(early ? 0 : BEGINNING).cut();
	}

}
