// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

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

	/** For an error whose provider only the gateway knows. */
	private static final ErrorRules ANY = new ErrorRules(
			new ErrorTable().include(VendorErrors.ANTHROPIC).include(VendorErrors.OPENAI));

	/** All that tells more than the status, in this order. */
	private final ErrorTable table;

	private final Map<String, Verdict> codes = new HashMap<>();

	private final Map<Integer, Verdict> statuses = new HashMap<>();

	private Verdict permission = Verdict.PERMISSION;

	private boolean passesOn;

	/**
	 * Starts the rules of a provider.
	 * @param first what it does differently, asked before anything else
	 */
	public ErrorRules(ErrorTable first) {
		this.table = new ErrorTable().include(first)
			// no code can turn it into something else
			.at(402)
			.always(Verdict.QUOTA)
			.atAny()
			.include(VendorCodes.TABLE)
			.include(ErrorPhrases.ACCOUNT)
			.ask(this::byCode)
			.include(ErrorPhrases.ANY);
	}

	/** Codes of this provider. */
	public ErrorRules codes(Verdict verdict, String... names) {
		ErrorCodes.putAll(this.codes, verdict, names);
		return this;
	}

	/** What a status means at this provider. */
	public ErrorRules status(int status, Verdict verdict) {
		this.statuses.put(status, verdict);
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

	/**
	 * Judges an error.
	 * @param facts what is known about it
	 * @param stream whether a stream ended with it, which is a failure of its own kind
	 */
	public CallOutcome judge(ErrorFacts facts, boolean stream) {
		ErrorFacts wrapped = WrappedError.find(facts);
		Verdict verdict = verdict(facts, wrapped);
		if (verdict == null || (stream && verdict.kind() == OutcomeKind.SERVER_ERROR)) {
			verdict = stream ? Verdict.STREAM_ERROR : Verdict.SERVER_ERROR;
		}
		Duration retryAfter = WaitHints.find(facts, verdict);
		if (wrapped != null) {
			retryAfter = (retryAfter != null) ? retryAfter : WaitHints.find(wrapped, verdict);
			wrapped.release();
		}
		return verdict.toOutcome(retryAfter, facts.head().status());
	}

	private @Nullable Verdict verdict(ErrorFacts facts, @Nullable ErrorFacts wrapped) {
		Verdict verdict = CommonErrors.EDGE.judge(facts);
		verdict = (verdict != null || wrapped == null) ? verdict : inside(wrapped);
		verdict = (verdict != null) ? verdict : this.table.judge(facts);
		verdict = (verdict != null) ? verdict : byStatus(facts);
		return Verdict.PERMISSION.equals(verdict) ? this.permission : verdict;
	}

	/** What a provider has told the gateway that tells us. */
	private @Nullable Verdict inside(ErrorFacts wrapped) {
		Verdict verdict = ANY.table.judge(wrapped);
		int named = wrapped.namedStatus();
		if (verdict == null && wrapped.status() >= 500 && named != 0) {
			verdict = CommonErrors.status(named);
			verdict = (verdict.scope() == OutcomeScope.NONE) ? null : verdict;
		}
		return (verdict != null && this.passesOn && verdict.scope() == OutcomeScope.PROVIDER)
				? new Verdict(verdict.kind(), OutcomeScope.MODEL) : verdict;
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
