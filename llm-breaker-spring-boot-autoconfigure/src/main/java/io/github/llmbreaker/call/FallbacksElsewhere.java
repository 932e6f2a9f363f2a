// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.util.List;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerMode;
import io.github.llmbreaker.breaker.TargetGate;

/**
 * The fallbacks of a target that its requests can't be sent to. Whoever made a request
 * may ask them in another way, after the call has failed for a reason that lies with the
 * provider or the model.
 *
 * @param guard what calls are guarded with
 * @param gate the gate of what was asked for
 * @param reach tells where the request can be sent to
 * @since 0.1.0
 */
public record FallbacksElsewhere(CallGuard guard, TargetGate gate, Reach reach) {

	/** Returns them; none if calls are only observed. */
	public List<LlmTarget> targets() {
		if (this.guard.registry().mode() != BreakerMode.ENFORCE) {
			return List.of();
		}
		return this.gate.policy()
			.fallbacks()
			.stream()
			.map((fallback) -> fallback.insteadOf(this.gate.target()))
			.filter((target) -> !this.reach.canReach(target))
			.map((target) -> new LlmTarget(target.provider(), null, target.model()))
			.toList();
	}

	/**
	 * The call is left for one of them.
	 * @return whether that makes sense: its breakers are not in the way
	 */
	public boolean leaveFor(LlmTarget target) {
		TargetGate next = this.guard.registry().gate(target);
		if (!next.isCallable()) {
			return false;
		}
		this.gate.fallingBackTo(next);
		return true;
	}

}
