// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;

import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * The call that opened a breaker.
 *
 * @param kind how it failed
 * @param status its HTTP status; {@code null} if it had none
 * @param inStream whether it failed in the middle of a stream
 * @param slow whether it went well, but was slow
 * @param nanos how long it took; 0 if that is not known
 */
record Trip(OutcomeKind kind, @Nullable Integer status, boolean inStream, boolean slow, long nanos) {

	/** Who waits for less long has not waited in vain. */
	private static final long SHORT_WAIT = Nanos.of(Duration.ofSeconds(3));

	/** A time limit is many times what answers usually take. */
	private static final int MARGIN = 8;

	/** What a call is called that went well, but was one too many slow ones. */
	static final Trip SLOW = new Trip(OutcomeKind.TIMEOUT, null, false, true, 0);

	/** Returns the call that opened it elsewhere; {@code null} if none did. */
	static @Nullable Trip of(SharedState shared) {
		return (shared.kind() != null) ? new Trip(shared.kind(), shared.status(), shared.inStream(), false, 0) : null;
	}

	/** Returns the same call, of which is known that streams begin and fail after all. */
	Trip withinStreams() {
		return new Trip(this.kind, this.status, true, this.slow, this.nanos);
	}

	/**
	 * Returns for how long a probe may show no life without another one being held back:
	 * where calls run into a time limit, it says more than further ones would.
	 */
	long patienceNanos() {
		return (this.kind == OutcomeKind.TIMEOUT && this.nanos > 0) ? Math.max(SHORT_WAIT, this.nanos / MARGIN)
				: Long.MAX_VALUE;
	}

}
