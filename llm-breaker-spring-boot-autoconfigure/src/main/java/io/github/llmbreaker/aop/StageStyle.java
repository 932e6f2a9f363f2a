// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.StageCall;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls whose result is completed later.
 */
final class StageStyle implements CallStyle {

	private final MethodGuards guards;

	StageStyle(MethodGuards guards) {
		this.guards = guards;
	}

	@Override
	public @Nullable Object run(GuardedCall call) {
		return StageCall.run(this.guards.plan(call, this.guards.gate(call), CallPermit.current()), new Method(call));
	}

	/**
	 * Calls the method.
	 *
	 * @param call the call
	 */
	private record Method(GuardedCall call) implements StageCall.Source {

		@Override
		public @Nullable Object make(Attempt attempt) throws Throwable {
			return this.call.proceed(attempt.target());
		}

		@Override
		public void succeeded(@Nullable Object value) {
			this.call.remember(value);
		}

		@Override
		public @Nullable CompletionStage<?> instead(Throwable error) throws Throwable {
			Substitute substitute = Substitute.find(this.call, error);
			if (substitute == null) {
				return null;
			}
			Object answer = (substitute.answer() != null) ? substitute.answer() : substitute.call(this.call, error);
			return (answer instanceof CompletionStage<?> stage) ? stage : CompletableFuture.completedFuture(answer);
		}

	}

}
