// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import org.jspecify.annotations.Nullable;

/**
 * A breaker as those see it who share its state with other instances of the application.
 *
 * @since 0.1.0
 */
public interface SharedBreaker extends BreakerView {

	/**
	 * Takes over what another instance of the application has found out, in order with
	 * what happens here: as a state change with the original reason, or as a longer time
	 * to stay open, the longest wins. What was set by hand stays until the others say
	 * otherwise by hand, or closed. Not told to the sync again.
	 * @param shared what it has found out
	 */
	void adopt(SharedState shared);

	/**
	 * Closes it if it is half-open, a probe has succeeded and none is under way, though
	 * more were to follow: this instance has no more calls, and the others wait for it.
	 */
	void closeIfProven();

	/** Returns what the others should adopt, as of now. */
	SharedState share();

	/**
	 * Returns its calls since it closed, for the others to add up; {@code null} unless it
	 * is closed.
	 */
	@Nullable SharedCalls calls();

	/**
	 * Takes note of the calls of the other instances: from now on they count as if they
	 * were of this one. Opens it if failures of this instance are too many with them.
	 * @param others all that the others have told of their calls, without those of this
	 * instance; ignored if the period is not the present one
	 */
	void hear(SharedCalls others);

}
