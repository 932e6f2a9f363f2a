// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import java.time.Duration;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import org.jspecify.annotations.Nullable;

/**
 * What an answer means: how the call ended and whom that is about.
 *
 * @param kind how the call ended
 * @param scope whom it is about
 * @since 0.1.0
 */
public record Verdict(OutcomeKind kind, OutcomeScope scope) {

	public static final Verdict SUCCESS = new Verdict(OutcomeKind.SUCCESS, OutcomeScope.NONE);

	public static final Verdict RATE_LIMITED = new Verdict(OutcomeKind.RATE_LIMITED, OutcomeScope.MODEL);

	/** A limit of the account or the network address. */
	public static final Verdict RATE_LIMITED_ALL = new Verdict(OutcomeKind.RATE_LIMITED, OutcomeScope.PROVIDER);

	public static final Verdict OVERLOADED = new Verdict(OutcomeKind.OVERLOADED, OutcomeScope.MODEL);

	public static final Verdict QUOTA = new Verdict(OutcomeKind.QUOTA_EXHAUSTED, OutcomeScope.PROVIDER);

	/** A fixed allowance for one model, mostly per day. */
	public static final Verdict MODEL_QUOTA = new Verdict(OutcomeKind.QUOTA_EXHAUSTED, OutcomeScope.MODEL);

	public static final Verdict AUTH = new Verdict(OutcomeKind.AUTH, OutcomeScope.PROVIDER);

	public static final Verdict PERMISSION = new Verdict(OutcomeKind.PERMISSION, OutcomeScope.MODEL);

	/** Organisation, region or network are not allowed. */
	public static final Verdict PERMISSION_ALL = new Verdict(OutcomeKind.PERMISSION, OutcomeScope.PROVIDER);

	public static final Verdict SERVER_ERROR = new Verdict(OutcomeKind.SERVER_ERROR, OutcomeScope.MODEL);

	public static final Verdict TIMEOUT = new Verdict(OutcomeKind.TIMEOUT, OutcomeScope.MODEL);

	public static final Verdict CONNECT_ERROR = new Verdict(OutcomeKind.CONNECT_ERROR, OutcomeScope.PROVIDER);

	public static final Verdict STREAM_ERROR = new Verdict(OutcomeKind.STREAM_ERROR, OutcomeScope.MODEL);

	public static final Verdict CLIENT_ERROR = new Verdict(OutcomeKind.CLIENT_ERROR, OutcomeScope.NONE);

	public static final Verdict MODEL_NOT_FOUND = new Verdict(OutcomeKind.MODEL_NOT_FOUND, OutcomeScope.NONE);

	public static final Verdict CONTEXT_LENGTH = new Verdict(OutcomeKind.CONTEXT_LENGTH, OutcomeScope.NONE);

	public static final Verdict CONTENT_FILTERED = new Verdict(OutcomeKind.CONTENT_FILTERED, OutcomeScope.NONE);

	public static final Verdict CANCELLED = new Verdict(OutcomeKind.CANCELLED, OutcomeScope.NONE);

	private static final int OK = 200;

	/** What nearly all calls end with. */
	private static final CallOutcome SUCCESS_OK = new CallOutcome(OutcomeKind.SUCCESS, OutcomeScope.NONE, false, null,
			OK);

	public CallOutcome toOutcome(@Nullable Duration retryAfter, @Nullable Integer status) {
		if (this == SUCCESS && retryAfter == null && status != null && status == OK) {
			return SUCCESS_OK;
		}
		return new CallOutcome(this.kind, this.scope, this.scope != OutcomeScope.NONE, retryAfter, status);
	}

}
