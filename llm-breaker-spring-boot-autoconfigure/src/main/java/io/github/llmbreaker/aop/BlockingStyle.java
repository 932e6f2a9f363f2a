// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.BlockingCall;
import io.github.llmbreaker.call.LlmCall;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls on the caller's thread.
 */
final class BlockingStyle implements CallStyle {

	private final MethodGuards guards;

	BlockingStyle(MethodGuards guards) {
		this.guards = guards;
	}

	@Override
	public @Nullable Object run(GuardedCall call) throws Throwable {
		TargetGate gate = this.guards.gate(call);
		CallPermit outer = CallPermit.current();
		if (!this.guards.isRecoverable(call, gate)) {
			return BlockingCall.run(Attempt.single(this.guards.guard(), gate, outer),
					(attempt) -> returned(attempt, call.proceed()));
		}
		LlmCall planned = this.guards.plan(call, gate, outer);
		Object result;
		try {
			result = BlockingCall.run(planned, (attempt) -> returned(attempt, call.proceed(attempt.target())));
		}
		catch (Throwable ex) {
			return substitute(call, planned, ex);
		}
		call.remember(result);
		return result;
	}

	private static @Nullable Object returned(Attempt attempt, @Nullable Object result) {
		attempt.succeeded();
		return result;
	}

	private @Nullable Object substitute(GuardedCall call, LlmCall planned, Throwable error) throws Throwable {
		Substitute substitute = planned.isAnswerable() ? Substitute.find(call, error) : null;
		if (substitute == null) {
			throw error;
		}
		return (substitute.answer() != null) ? substitute.answer() : substitute.call(call, error);
	}

}
