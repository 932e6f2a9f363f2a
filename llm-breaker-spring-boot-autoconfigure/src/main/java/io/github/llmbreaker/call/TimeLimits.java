// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.Nanos;
import io.github.llmbreaker.breaker.TimeoutPolicy;
import org.jspecify.annotations.Nullable;

/**
 * How long one attempt may take, in nanoseconds since its start.
 *
 * @param policy what is configured
 * @param total what is left of the total time; {@code null} without a limit
 * @since 0.1.0
 */
public record TimeLimits(TimeoutPolicy policy, @Nullable Duration total) {

	/** No limits. */
	public static final TimeLimits NONE = new TimeLimits(TimeoutPolicy.NONE, null);

	/** Who comes back late to read the rest of an answer finds what has arrived of it. */
	private static final long SETTLED_PATIENCE = TimeUnit.MILLISECONDS.toNanos(100);

	/** A guard inside has begun a little later. */
	private static final long INSIDE_PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);

	/**
	 * Returns the limits of an attempt.
	 * @param total what is left of the total time; {@code null} without a limit
	 */
	public static TimeLimits of(TimeoutPolicy policy, @Nullable Duration total) {
		boolean none = total == null && policy.response() == null && policy.firstToken() == null
				&& policy.idle() == null;
		return none ? NONE : new TimeLimits(policy, total);
	}

	/** Whether nothing is limited. */
	public boolean isNone() {
		return this == NONE;
	}

	/** Returns until when the head must have arrived; {@code null} without one. */
	public @Nullable Deadline untilHead() {
		return earlier(Deadline.of(0, this.policy.response(), "response-timeout"), ofTotal());
	}

	/**
	 * Returns until when something must have happened to the body, given that somebody
	 * waits for it; {@code null} without one.
	 * @param content whether it has had content; of a document, anything
	 * @param since since when the next content is being waited for, without the time in
	 * which nobody wanted any
	 */
	public @Nullable Deadline ofBody(boolean stream, boolean content, long since) {
		if (!stream) {
			return earlier(ofDocument(content, since), ofTotal());
		}
		Deadline next = content ? Deadline.of(since, this.policy.idle(), "idle-timeout")
				: Deadline.of(since, this.policy.firstToken(), "first-token-timeout");
		return earlier(next, ofTotal());
	}

	/**
	 * A document is written before it is sent, or while it is: nobody knows how long it
	 * takes to its first byte, so it has the longest of the times that there are.
	 */
	private @Nullable Deadline ofDocument(boolean begun, long since) {
		Deadline idle = Deadline.of(since, this.policy.idle(), "idle-timeout");
		if (idle == null || begun) {
			return idle;
		}
		return later(later(idle, Deadline.of(since, this.policy.firstToken(), "first-token-timeout")),
				Deadline.of(since, this.policy.response(), "response-timeout"));
	}

	private static Deadline later(Deadline one, @Nullable Deadline other) {
		return (other == null || one.nanos() >= other.nanos()) ? one : other;
	}

	/**
	 * Returns until when the end of a body is waited for that has settled how the call
	 * ended, given that somebody waits for it: no failure, whatever is exceeded; {@code
	 * null} without one. What is there already comes in time.
	 * @param since since when it is settled, without the time in which nobody wanted any
	 * more
	 */
	public @Nullable Deadline ofSettled(long since) {
		Deadline idle = Deadline.of(since, this.policy.idle(), "idle-timeout");
		Deadline total = ofTotal();
		return earlier(idle, (total != null) ? total.notBefore(since + SETTLED_PATIENCE) : null);
	}

	/**
	 * Returns until when the next item must have come whose head is not seen, given that
	 * somebody waits for it; {@code null} without one.
	 * @param since since when the next one is being waited for
	 */
	public @Nullable Deadline ofItems(boolean stream, boolean arrived, long since) {
		if (stream && (arrived || this.policy.firstToken() != null)) {
			return ofBody(true, arrived, since);
		}
		// the first item comes after the head
		Deadline head = arrived ? null : Deadline.of(since, this.policy.response(), "response-timeout");
		return earlier(head, ofTotal());
	}

	/**
	 * Returns until when everything must be over, whether anybody waits or not; {@code
	 * null} without one.
	 */
	public @Nullable Deadline ofTotal() {
		if (this.total == null) {
			return null;
		}
		Duration configured = this.policy.total();
		return new Deadline(Nanos.of(this.total), (configured != null) ? configured : this.total, "total-timeout");
	}

	/**
	 * Returns until when everything must be over whose end a guard inside with the same
	 * limits decides: it knows more, and is heard first; {@code null} without one.
	 */
	public @Nullable Deadline ofTotalAround() {
		Deadline total = ofTotal();
		return (total != null) ? total.notBefore(total.nanos() + INSIDE_PATIENCE) : null;
	}

	/** Whether anything limits the body, at its beginning or later. */
	public boolean limitBody(boolean stream) {
		return this.total != null || this.policy.idle() != null || (stream && this.policy.firstToken() != null);
	}

	/** Whether anything limits items whose head is not seen. */
	public boolean limitItems(boolean stream) {
		return this.policy.response() != null || limitBody(stream);
	}

	private static @Nullable Deadline earlier(@Nullable Deadline one, @Nullable Deadline other) {
		if (one == null || other == null) {
			return (one != null) ? one : other;
		}
		return (one.nanos() <= other.nanos()) ? one : other;
	}

	/**
	 * A moment, and whose.
	 *
	 * @param nanos the moment, since the start of the attempt
	 * @param limit what was configured
	 * @param property where it was configured
	 * @since 0.1.0
	 */
	public record Deadline(long nanos, Duration limit, String property) {

		/**
		 * Returns the moment when a limit is over; {@code null} without a limit.
		 * @param since when it began, since the start of the attempt
		 */
		public static @Nullable Deadline of(long since, @Nullable Duration limit, String property) {
			return (limit != null) ? new Deadline(since + Nanos.of(limit), limit, property) : null;
		}

		private Deadline notBefore(long moment) {
			return (this.nanos < moment) ? new Deadline(moment, this.limit, this.property) : this;
		}

		/** Returns what to fail with when it has passed. */
		public TimeoutException exceeded(LlmTarget target) {
			return new TimeoutException(message(target));
		}

		/** Says that it has passed. */
		public String message(LlmTarget target) {
			String model = (target.model() != null) ? target.model() : "*";
			return "Call to '%s:%s' exceeded its %s of %s ms".formatted(target.provider(), model, this.property,
					TimeUnit.NANOSECONDS.toMillis(Nanos.of(this.limit)));
		}

	}

}
