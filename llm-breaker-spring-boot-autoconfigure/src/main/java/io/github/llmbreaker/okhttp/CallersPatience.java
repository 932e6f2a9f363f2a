// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.okhttp;

import io.github.llmbreaker.breaker.Ticker;
import okhttp3.Call;

/**
 * Tells whether the caller of a call still wants it.
 */
final class CallersPatience {

	/** A call has been running a little longer than we know. */
	private static final int TOLERANCE = 20;

	private final Call call;

	private final Ticker ticker;

	private final long start;

	CallersPatience(Call call, Ticker ticker) {
		this.call = call;
		this.ticker = ticker;
		this.start = ticker.nanos();
	}

	/**
	 * Whether the application has cancelled the call.
	 */
	boolean hasLeft() {
		return this.call.isCanceled();
	}

	/**
	 * Whether the client's limit for the whole call was exceeded, by which OkHttp cancels
	 * it.
	 */
	boolean isOver() {
		long limit = this.call.timeout().timeoutNanos();
		return limit > 0 && this.call.isCanceled() && this.ticker.nanos() - this.start >= limit - limit / TOLERANCE;
	}

}
