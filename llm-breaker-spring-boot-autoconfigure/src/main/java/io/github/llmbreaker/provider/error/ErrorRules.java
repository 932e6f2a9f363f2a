// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import org.jspecify.annotations.Nullable;

/**
 * How one provider reports errors: what it does differently from the others, on top of
 * what they share. Typed codes decide first, then the status, then a few phrases.
 *
 * @since 0.1.0
 */
public final class ErrorRules {

	private static final int PAYMENT_REQUIRED = 402;

	/** For an error whose provider only the gateway knows. */
	private static final ErrorRules ANY = new ErrorRules().first(ErrorRules::anybody);

	private final Map<String, Verdict> codes = new HashMap<>();

	private final Map<Integer, Verdict> statuses = new HashMap<>();

	private Function<ErrorFacts, @Nullable Verdict> exceptions = (facts) -> null;

	private Verdict permission = Verdict.PERMISSION;

	private boolean passesOn;

	private static @Nullable Verdict anybody(ErrorFacts facts) {
		Verdict verdict = AnthropicErrors.first(facts);
		return (verdict != null) ? verdict : OpenAiErrors.first(facts);
	}

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

	/**
	 * It passes calls on to many providers: what it says about one of them concerns the
	 * model.
	 */
	public ErrorRules passesOn() {
		this.passesOn = true;
		return this;
	}

	/** Judges an answer whose status is no success. */
	public CallOutcome judge(ErrorFacts facts) {
		ErrorFacts wrapped = WrappedError.find(facts);
		Verdict verdict = verdict(facts, wrapped);
		return outcome(facts, wrapped, (verdict != null) ? verdict : Verdict.SERVER_ERROR);
	}

	/** Judges an error that a good answer reports. */
	public CallOutcome judgeInside(ErrorFacts facts, boolean stream) {
		ErrorFacts wrapped = WrappedError.find(facts);
		Verdict verdict = verdict(facts, wrapped);
		if (verdict == null || (stream && verdict.kind() == OutcomeKind.SERVER_ERROR)) {
			verdict = stream ? Verdict.STREAM_ERROR : Verdict.SERVER_ERROR;
		}
		return outcome(facts, wrapped, verdict);
	}

	private static CallOutcome outcome(ErrorFacts facts, @Nullable ErrorFacts wrapped, Verdict verdict) {
		Duration retryAfter = WaitHints.find(facts, verdict);
		if (wrapped != null) {
			retryAfter = (retryAfter != null) ? retryAfter : WaitHints.find(wrapped, verdict);
			wrapped.release();
		}
		return verdict.toOutcome(retryAfter, facts.head().status());
	}

	private @Nullable Verdict verdict(ErrorFacts facts, @Nullable ErrorFacts wrapped) {
		Verdict verdict = CommonErrors.edge(facts);
		verdict = (verdict != null || wrapped == null) ? verdict : inside(wrapped);
		verdict = (verdict != null) ? verdict : specific(facts);
		verdict = (verdict != null) ? verdict : byStatus(facts);
		return Verdict.PERMISSION.equals(verdict) ? this.permission : verdict;
	}

	/** What a provider has told the gateway that tells us. */
	private @Nullable Verdict inside(ErrorFacts wrapped) {
		Verdict verdict = ANY.specific(wrapped);
		int named = wrapped.namedStatus();
		if (verdict == null && wrapped.status() >= 500 && named != 0) {
			verdict = CommonErrors.status(named);
			verdict = (verdict.scope() == OutcomeScope.NONE) ? null : verdict;
		}
		return (verdict != null && this.passesOn && verdict.scope() == OutcomeScope.PROVIDER)
				? new Verdict(verdict.kind(), OutcomeScope.MODEL) : verdict;
	}

	/** What is told by more than the status. */
	private @Nullable Verdict specific(ErrorFacts facts) {
		Verdict verdict = this.exceptions.apply(facts);
		if (verdict == null && facts.status() == PAYMENT_REQUIRED) {
			// no code can turn it into something else
			return Verdict.QUOTA;
		}
		verdict = (verdict != null) ? verdict : VendorCodes.judge(facts);
		verdict = (verdict != null) ? verdict : ErrorPhrases.account(facts);
		verdict = (verdict != null) ? verdict : byCode(facts);
		return (verdict != null) ? verdict : ErrorPhrases.judge(facts);
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
