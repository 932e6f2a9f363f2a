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

	/**
	 * Returns its name.
	 * @return the name
	 */
	String name();

	/**
	 * Returns whether it is a model's or a provider's.
	 * @return {@link OutcomeScope#MODEL} or {@link OutcomeScope#PROVIDER}
	 */
	OutcomeScope scope();

	/**
	 * Returns the provider's id.
	 * @return the id
	 */
	String provider();

	/**
	 * Returns the partition of the provider that is part of the breaker's name.
	 * @return the partition, or {@code null}
	 */
	default @Nullable String partition() {
		return null;
	}

	/**
	 * Returns the endpoint that is part of the breaker's name.
	 * @return the endpoint, or {@code null}
	 */
	@Nullable String endpoint();

	/**
	 * Returns the model that is part of the breaker's name.
	 * @return the model; {@code null} for a provider's breaker and for calls that name no
	 * model
	 */
	@Nullable String model();

	/**
	 * Returns its policy.
	 * @return the policy
	 */
	BreakerPolicy policy();

	/**
	 * Returns its state as of now.
	 * @return the state
	 */
	BreakerState state();

	/**
	 * Returns the failures that opened it, oldest first, the failed probe last that made
	 * it stay open.
	 * @return at most 21 failures; none while it is closed, or if it was opened by hand
	 */
	List<BreakerEvent> why();

	/**
	 * Says in one sentence why it lets nothing through.
	 * @return the sentence without a full stop, or {@code null} while it is closed
	 */
	@Nullable String cause();

	/**
	 * Returns what its rejections have saved so far.
	 * @return calls and time
	 */
	BreakerSnapshot.Spared spared();

	/**
	 * Whether it is no longer kept. Nothing new should be attached to it then.
	 * @return whether it was evicted
	 */
	boolean isEvicted();

}
