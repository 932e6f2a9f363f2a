// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * The call that opened a breaker.
 *
 * @param kind how it failed
 * @param status its HTTP status; {@code null} if it had none
 * @param inStream whether it failed in the middle of a stream
 * @param slow whether it went well, but was slow
 */
record Trip(OutcomeKind kind, @Nullable Integer status, boolean inStream, boolean slow) {

	/** What a call is called that went well, but was one too many slow ones. */
	static final Trip SLOW = new Trip(OutcomeKind.TIMEOUT, null, false, true);

	/** Returns the call that opened it elsewhere; {@code null} if none did. */
	static @Nullable Trip of(SharedState shared) {
		return (shared.kind() != null) ? new Trip(shared.kind(), shared.status(), shared.inStream(), false) : null;
	}

}
