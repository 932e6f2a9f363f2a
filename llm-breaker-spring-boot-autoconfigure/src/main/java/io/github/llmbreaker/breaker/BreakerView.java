// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.List;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.OutcomeScope;
import org.jspecify.annotations.Nullable;

/**
 * A breaker as those see it who are told what happens to it: who it is and how it is
 * doing, nothing to do to it. Equal to nothing but itself: a breaker that comes after one
 * that was evicted has the same name.
 *
 * @since 0.1.0
 */
public interface BreakerView {

	/** Returns its name. */
	String name();

	/**
	 * Returns whether it is a model's or a provider's: {@link OutcomeScope#MODEL} or
	 * {@link OutcomeScope#PROVIDER}.
	 */
	OutcomeScope scope();

	/** Returns the provider's id. */
	String provider();

	/** Returns the partition of the provider in the breaker's name, or {@code null}. */
	default @Nullable String partition() {
		return null;
	}

	/** Returns the endpoint in the breaker's name, or {@code null}. */
	@Nullable String endpoint();

	/**
	 * Returns the model in the breaker's name; {@code null} for a provider's breaker and
	 * for calls that name no model.
	 */
	@Nullable String model();

	/** Returns its policy. */
	BreakerPolicy policy();

	/** Returns its state as of now. */
	BreakerState state();

	/**
	 * Returns the failures that opened it, oldest first, the failed probe last that made
	 * it stay open: at most 21; none while it is closed, or if it was opened by hand.
	 */
	List<BreakerEvent> why();

	/**
	 * Returns why it lets nothing through, in one sentence without a full stop;
	 * {@code null} while it is closed.
	 */
	@Nullable String cause();

	/** Returns what its rejections have saved so far. */
	BreakerSnapshot.Spared spared();

	/** Whether it is no longer kept, so that nothing new should be attached to it. */
	boolean isEvicted();

}
