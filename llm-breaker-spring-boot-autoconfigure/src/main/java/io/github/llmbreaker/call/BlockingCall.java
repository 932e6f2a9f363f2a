// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.Nanos;
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
	 * @return the result of the attempt that did not throw
	 * @throws Throwable what the caller gets if all did; the latest error at once if the
	 * thread is interrupted while it waits for a retry
	 */
	public static <R> @Nullable R run(LlmCall call, Once<R> once) throws Throwable {
		try {
			return attempts(call, once);
		}
		finally {
			call.over();
		}
	}

	private static <R> @Nullable R attempts(LlmCall call, Once<R> once) throws Throwable {
		Next next = call.begin();
		Throwable latest = next.error();
		while (next.action() != Next.Action.FAIL) {
			if (next.action() == Next.Action.RETRY) {
				pause(next, latest);
				next = call.begin();
				continue;
			}
			Attempt attempt = next.requiredAttempt();
			try {
				return run(attempt, once);
			}
			catch (Error ex) {
				// nothing that another attempt could make good
				throw ex;
			}
			catch (Throwable ex) {
				latest = ex;
				next = call.failed(attempt, attempt.failed(ex), ex);
				if (next.action() != Next.Action.FAIL) {
					once.leaving(ex);
				}
			}
		}
		throw next.requiredError();
	}

	/**
	 * Makes one attempt.
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

	/** Holds no lock and does not pin a virtual thread. */
	private static void pause(Next next, @Nullable Throwable latest) throws Throwable {
		try {
			// a latch that nobody opens: waiting for it is the wait
			boolean opened = new CountDownLatch(1).await(Nanos.of(next.delay()), TimeUnit.NANOSECONDS);
			assert !opened;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw (latest != null) ? latest : ex;
		}
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
		 * Makes an attempt, and ends it if it has succeeded. It may go on after this has
		 * returned; one that throws has failed.
		 * @throws Throwable why there is none
		 */
		@Nullable R make(Attempt attempt) throws Throwable;

		/** Another attempt follows one that has failed. Must not throw. */
		default void leaving(Throwable error) {
		}

	}

}
