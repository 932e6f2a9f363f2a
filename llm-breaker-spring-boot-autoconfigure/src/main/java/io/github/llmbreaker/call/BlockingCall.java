// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import io.github.llmbreaker.breaker.CallPermit;
import org.jspecify.annotations.Nullable;

/**
 * Makes the attempts of a call on the caller's thread.
 *
 * @since 0.1.0
 */
public final class BlockingCall {

	private BlockingCall() {
	}

	/**
	 * Makes one attempt after the other until one has a result.
	 * @param call the call
	 * @param once makes an attempt; an attempt that it has not ended has succeeded when
	 * it returns, and failed when it throws
	 * @param <R> the type of the result
	 * @return the result of the attempt that went well
	 * @throws Throwable what the caller gets if none did
	 */
	public static <R> @Nullable R run(LlmCall call, Once<R> once) throws Throwable {
		Next next = call.begin();
		while (true) {
			switch (next.action()) {
				case FAIL -> throw next.requiredError();
				case RETRY -> next = afterPause(call, next);
				case RUN -> {
					Attempt attempt = next.requiredAttempt();
					try {
						return run(attempt, once);
					}
					catch (Throwable ex) {
						next = call.failed(attempt, attempt.failed(ex), ex);
					}
				}
			}
		}
	}

	/**
	 * Makes one attempt.
	 * @param attempt the attempt
	 * @param once makes it
	 * @param <R> the type of the result
	 * @return the result
	 * @throws Throwable what the attempt throws; it has ended then
	 */
	public static <R> @Nullable R run(Attempt attempt, Once<R> once) throws Throwable {
		CallPermit.Scope scope = attempt.permit().makeCurrent();
		try {
			return once.make(attempt);
		}
		catch (Throwable ex) {
			attempt.failed(ex);
			throw ex;
		}
		finally {
			scope.close();
		}
	}

	/**
	 * Waits before a retry; an interrupted caller gets the error at once.
	 */
	private static Next afterPause(LlmCall call, Next next) throws InterruptedException {
		RetryPause.of(next.delay());
		return call.begin();
	}

	/**
	 * Makes an attempt.
	 *
	 * @param <R> the type of the result
	 * @since 0.1.0
	 */
	@FunctionalInterface
	public interface Once<R> {

		/**
		 * Makes an attempt.
		 * @param attempt the attempt, admitted
		 * @return the result
		 * @throws Throwable why there is none
		 */
		@Nullable R make(Attempt attempt) throws Throwable;

	}

}
