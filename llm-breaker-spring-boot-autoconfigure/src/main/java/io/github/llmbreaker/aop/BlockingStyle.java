// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.util.Objects;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.call.NextStep;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.call.RetryPause;
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
		return this.guards.isRecoverable(call, gate) ? recovering(call, gate) : once(call, gate);
	}

	private @Nullable Object once(GuardedCall call, TargetGate gate) throws Throwable {
		CallPermit permit = gate.acquire(CallPermit.current());
		CallPermit.Scope scope = permit.makeCurrent();
		CallOutcome outcome = MethodGuards.SUCCESS;
		try {
			return call.proceed();
		}
		catch (Throwable ex) {
			outcome = Outcomes.thrown(this.guards.failures(), ex, gate.target());
			throw ex;
		}
		finally {
			scope.close();
			permit.complete(outcome);
		}
	}

	private @Nullable Object recovering(GuardedCall call, TargetGate gate) throws Throwable {
		Recovery recovery = this.guards.recovery(call, gate);
		while (true) {
			Attempt attempt = attempt(call, recovery);
			NextStep step = attempt.next();
			if (step == null) {
				call.remember(attempt.result());
				return attempt.result();
			}
			switch (step.action()) {
				case RETRY -> pause(step, attempt.requiredError());
				case FALLBACK -> {
				}
				case FAIL -> {
					return substitute(call, recovery, step.requiredError());
				}
			}
		}
	}

	private Attempt attempt(GuardedCall call, Recovery recovery) throws Throwable {
		TargetGate gate = recovery.plan().gate();
		CallPermit permit;
		try {
			permit = gate.acquire(CallPermit.current());
		}
		catch (LlmCallRejectedException ex) {
			return new Attempt(null, recovery.afterRejection(ex), ex);
		}
		CallPermit.Scope scope = permit.makeCurrent();
		try {
			Object result = call.proceed(gate.target());
			permit.complete(MethodGuards.SUCCESS);
			return new Attempt(result, null, null);
		}
		catch (Throwable ex) {
			CallOutcome outcome = this.guards.failed(permit, gate.target(), ex);
			return new Attempt(null, recovery.afterFailure(permit, outcome, ex), ex);
		}
		finally {
			scope.close();
		}
	}

	/**
	 * Waits before a retry; an interrupted caller gets the error at once.
	 */
	private static void pause(NextStep step, Throwable error) throws Throwable {
		try {
			RetryPause.of(step.delay());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw error;
		}
	}

	private @Nullable Object substitute(GuardedCall call, Recovery recovery, Throwable error) throws Throwable {
		Substitute substitute = recovery.isAnswerable() ? Substitute.find(call, error) : null;
		if (substitute == null) {
			throw error;
		}
		return (substitute.answer() != null) ? substitute.answer() : substitute.call(call, error);
	}

	/**
	 * What became of an attempt.
	 *
	 * @param result what the method returned
	 * @param next what comes next; {@code null} if it has succeeded
	 * @param error what the method threw; {@code null} if it has succeeded
	 */
	private record Attempt(@Nullable Object result, @Nullable NextStep next, @Nullable Throwable error) {

		Throwable requiredError() {
			return Objects.requireNonNull(this.error);
		}

	}

}
