// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.util.List;

import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.FallbackModel;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.call.LlmCall;
import org.jspecify.annotations.Nullable;

/**
 * Prepares the calls of guarded methods.
 *
 * @param guard what they are guarded with
 * @since 0.1.0
 */
public record MethodGuards(CallGuard guard) {

	TargetGate gate(GuardedCall call) {
		return this.guard.registry().gate(call.target());
	}

	/**
	 * Whether a failed call of this method can be anything but failed.
	 */
	boolean isRecoverable(GuardedCall call, TargetGate gate) {
		return call.method().hasFallbacks() || gate.policy().retry().maxRetries() > 0
				|| (!gate.policy().fallbacks().isEmpty() && call.method().target().isReplaceable());
	}

	LlmCall plan(GuardedCall call, TargetGate gate, @Nullable CallPermit outer) {
		List<FallbackModel> own = call.method().fallbackModels();
		if (!own.isEmpty()) {
			return LlmCall.withFallbacks(this.guard, gate, own, outer);
		}
		CalledTarget called = call.method().target();
		return LlmCall.of(this.guard, gate,
				(target) -> called.isReplaceable() && called.canReach(call.target(), target), outer);
	}

}
