// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

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
	 * Returns what the others should adopt, as of now.
	 * @return the state
	 */
	SharedState share();

}
