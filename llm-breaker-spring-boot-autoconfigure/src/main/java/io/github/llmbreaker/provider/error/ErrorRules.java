// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * How one provider reports errors: what it does differently from the others, on top of
 * what they share. Typed codes decide first, then the status, then a few phrases.
 *
 * @since 0.1.0
 */
public final class ErrorRules {

	private static final int PAYMENT_REQUIRED = 402;

	private final Map<String, Verdict> codes = new HashMap<>();

	private final Map<Integer, Verdict> statuses = new HashMap<>();

	private Function<ErrorFacts, @Nullable Verdict> exceptions = (facts) -> null;

	private Verdict permission = Verdict.PERMISSION;

	/** Codes of this provider. */
	public ErrorRules codes(Verdict verdict, String... names) {
		for (String name : names) {
			this.codes.put(ErrorCodes.normalize(name), verdict);
		}
		return this;
	}

	/** What a status means at this provider. */
	public ErrorRules status(int status, Verdict verdict) {
		this.statuses.put(status, verdict);
		return this;
	}

	/** What is asked before anything else. */
	public ErrorRules first(Function<ErrorFacts, @Nullable Verdict> exceptions) {
		this.exceptions = exceptions;
		return this;
	}

	/** A lacking permission concerns all models of this provider. */
	public ErrorRules permissionsAreGlobal() {
		this.permission = Verdict.PERMISSION_ALL;
		return this;
	}

	/** A lacking permission concerns the model only. */
	public ErrorRules permissionsAreModels() {
		this.permission = Verdict.PERMISSION;
		return this;
	}

	/** Judges an answer whose status is no success. */
	public CallOutcome judge(ErrorFacts facts) {
		Verdict verdict = verdict(facts);
		return outcome(facts, (verdict != null) ? verdict : Verdict.SERVER_ERROR);
	}

	/** Judges an error that a good answer reports. */
	public CallOutcome judgeInside(ErrorFacts facts, boolean stream) {
		Verdict verdict = verdict(facts);
		if (verdict == null || (stream && verdict.kind() == OutcomeKind.SERVER_ERROR)) {
			verdict = stream ? Verdict.STREAM_ERROR : Verdict.SERVER_ERROR;
		}
		return outcome(facts, verdict);
	}

	private static CallOutcome outcome(ErrorFacts facts, Verdict verdict) {
		Duration retryAfter = WaitHints.find(facts, verdict);
		return verdict.toOutcome(retryAfter, facts.head().status());
	}

	private @Nullable Verdict verdict(ErrorFacts facts) {
		Verdict verdict = CommonErrors.edge(facts);
		verdict = (verdict != null) ? verdict : this.exceptions.apply(facts);
		if (verdict == null && facts.status() == PAYMENT_REQUIRED) {
			// no code can turn it into something else
			return Verdict.QUOTA;
		}
		verdict = (verdict != null) ? verdict : byCode(facts);
		verdict = (verdict != null) ? verdict : CommonErrors.phrase(facts);
		verdict = (verdict != null) ? verdict : byStatus(facts);
		return Verdict.PERMISSION.equals(verdict) ? this.permission : verdict;
	}

	private @Nullable Verdict byCode(ErrorFacts facts) {
		for (String code : facts.codes()) {
			Verdict own = this.codes.get(code);
			Verdict verdict = (own != null) ? own : ErrorCodes.specific(code);
			if (verdict != null && CommonErrors.isPossible(verdict, facts.status())) {
				return verdict;
			}
		}
		return null;
	}

	private @Nullable Verdict byStatus(ErrorFacts facts) {
		int status = facts.status();
		if (status != 0) {
			Verdict own = this.statuses.get(status);
			return (own != null) ? own : CommonErrors.status(status);
		}
		for (String code : facts.codes()) {
			Verdict verdict = ErrorCodes.generic(code);
			if (verdict != null) {
				return verdict;
			}
		}
		return null;
	}

}
