// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.util.List;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.FallbackModel;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.call.CallPlan;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.thrown.ClientFailures;

/**
 * What guarded methods are guarded with.
 *
 * @param registry the breakers
 * @param providers the providers
 * @param failures judges exceptions
 * @param ticker the clock for time limits
 * @since 0.1.0
 */
public record MethodGuards(BreakerRegistry registry, LlmProviders providers, ClientFailures failures, Ticker ticker) {

	static final CallOutcome SUCCESS = Outcomes.SUCCESS;

	TargetGate gate(GuardedCall call) {
		return this.registry.gate(call.target());
	}

	/**
	 * Whether a failed call of this method can be anything but failed.
	 */
	boolean isRecoverable(GuardedCall call, TargetGate gate) {
		return call.method().hasFallbacks() || gate.policy().retry().maxRetries() > 0
				|| (!gate.policy().fallbacks().isEmpty() && call.method().target().isReplaceable());
	}

	Recovery recovery(GuardedCall call, TargetGate gate) {
		return new Recovery(plan(call, gate));
	}

	private CallPlan plan(GuardedCall call, TargetGate gate) {
		List<FallbackModel> own = call.method().fallbackModels();
		if (!own.isEmpty()) {
			return CallPlan.of(this.registry, gate, own, this.ticker);
		}
		CalledTarget called = call.method().target();
		return CallPlan.of(this.registry, gate,
				(target) -> called.isReplaceable() && called.canReach(call.target(), target), this.ticker);
	}

	CallOutcome failed(CallPermit permit, LlmTarget target, Throwable error) {
		return permit.complete(Outcomes.thrown(this.failures, error, target));
	}

}
