// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;

import io.github.llmbreaker.CallOutcome;

/**
 * Something that happens to a provider.
 *
 * @param name its name on the page
 * @param id its name in files
 * @param seconds how long it lasts
 * @param keys how many keys the calls are made with, in turn at random
 * @param partitioned whether each key has breakers of its own
 * @param rated whether it belongs to the mean
 * @param courses makes its course in one run, given the calls a second
 */
record Incident(String name, String id, double seconds, int keys, boolean partitioned, boolean rated,
		DoubleFunction<Course> courses) {

	/** The longest that a client waits while the provider is slow. */
	static final double LIMIT = 30;

	static final Incident HEALTHY = of("healthy", "healthy", 0, (rate) -> (at, key) -> 0);

	static final Incident DOWN_SHORT = down(15, "down 15 s");

	static final Incident DOWN = down(90, "down 90 s");

	static final Incident DOWN_LONG = down(600, "down 10 min");

	static final Incident BROWN_OUT = brownOut(30);

	static final Incident BROWN_OUT_DEEP = brownOut(60);

	static final Incident LIMITED_WITH_HINT = of("rate limit 20 s, with hint", "rate-limit-hint", 20,
			(rate) -> failing((at) -> 1, (at) -> Course.rateLimited(20 - at)));

	static final Incident LIMITED = of("rate limit 20 s", "rate-limit", 20,
			(rate) -> failing((at) -> 1, (at) -> Course.rateLimited(null)));

	static final Incident QUOTA = of("quota of 70 % a minute", "quota", 300, (rate) -> new Quota(0.7 * rate, true));

	static final Incident QUOTA_WITHOUT_HINT = of("the same without hint", "quota-without-hint", 300,
			(rate) -> new Quota(0.7 * rate, false))
		.unrated();

	static final Incident FLAPPING = of("flapping 10 s / 10 s", "flapping", 300,
			(rate) -> failing((at) -> (at % 20 < 10) ? 1 : 0, (at) -> Course.OVERLOADED));

	static final Incident RECOVERY = of("recovery over 60 s", "recovery", 120,
			(rate) -> failing((at) -> (at < 60) ? 1 : (120 - at) / 60, (at) -> Course.OVERLOADED));

	static final Incident SLOW = of("20 times slower, limit 30 s", "slow", 300, (rate) -> new Slow(20, LIMIT));

	static final Incident SLOW_WITHOUT_LIMIT = of("20 times slower, without a limit", "slow-without-limit", 300,
			(rate) -> new Slow(20, Double.POSITIVE_INFINITY))
		.unrated();

	static final Incident KEY_DEAD = of("key dead", "key-dead", 300, (rate) -> failing((at) -> 1, (at) -> Course.AUTH));

	static final Incident KEY_OF_FOUR = new Incident("one of four keys dead, breakers by key", "key-of-four", 300, 4,
			true, true, (rate) -> new KeyOfFour());

	static final Incident KEY_OF_FOUR_SHARED = new Incident("one of four keys dead, one breaker", "key-of-four-shared",
			300, 4, false, false, (rate) -> new KeyOfFour());

	static final Incident BIG_REQUESTS = of("every tenth request too big for the token limit", "big-requests", 300,
			(rate) -> failing((at) -> 0.1, (at) -> Course.rateLimited(20.0)));

	/** No call is answered, and none is told. */
	static final Incident HANGING = of("hangs, limit 30 s", "hanging", 300,
			(rate) -> new Slow(Double.POSITIVE_INFINITY, LIMIT))
		.unrated();

	/** What comes after failures is no recovery. */
	static final Incident DOWN_THEN_HANGING = of("down 60 s, then hangs for 60 s", "down-hanging", 120,
			(rate) -> new HangingLater(60, LIMIT))
		.unrated();

	/** All but the healthy one, in the order of the page. */
	static final List<Incident> ALL = List.of(DOWN_SHORT, DOWN, DOWN_LONG, BROWN_OUT, BROWN_OUT_DEEP, LIMITED_WITH_HINT,
			LIMITED, QUOTA, QUOTA_WITHOUT_HINT, FLAPPING, RECOVERY, SLOW, HANGING, DOWN_THEN_HANGING, KEY_DEAD,
			KEY_OF_FOUR, KEY_OF_FOUR_SHARED, BIG_REQUESTS);

	/** Whether every call fails as long as it lasts. */
	boolean isFullOutage() {
		return this == DOWN || this == DOWN_LONG;
	}

	private Incident unrated() {
		return new Incident(this.name, this.id, this.seconds, this.keys, this.partitioned, false, this.courses);
	}

	private static Incident of(String name, String id, double seconds, DoubleFunction<Course> courses) {
		return new Incident(name, id, seconds, 1, false, true, courses);
	}

	private static Incident down(double seconds, String name) {
		return of(name, "down-" + (int) seconds, seconds, (rate) -> failing((at) -> 1, (at) -> Course.OVERLOADED));
	}

	private static Incident brownOut(int percent) {
		return of("brown-out of " + percent + " %", "brown-out-" + percent, 300,
				(rate) -> failing((at) -> percent / 100.0, (at) -> Course.OVERLOADED));
	}

	private static Course failing(DoubleUnaryOperator share, DoubleFunction<CallOutcome> failure) {
		return new Course() {

			@Override
			public double failing(double at, int key) {
				return share.applyAsDouble(at);
			}

			@Override
			public CallOutcome failure(double at) {
				return failure.apply(at);
			}

		};
	}

	/**
	 * So many calls a minute are answered, the others are told to wait for the next one.
	 */
	private static final class Quota implements Course {

		private static final double MINUTE = 60;

		private final long callsAMinute;

		private final boolean hint;

		/** When it was used up, by minute. */
		private final double[] usedUp = new double[6];

		private long sent;

		private int minute;

		Quota(double rate, boolean hint) {
			this.callsAMinute = Math.max(1, Math.round(rate * MINUTE));
			this.hint = hint;
			Arrays.fill(this.usedUp, Double.POSITIVE_INFINITY);
		}

		@Override
		public double failing(double at, int key) {
			return (at > this.usedUp[(int) (at / MINUTE)]) ? 1 : 0;
		}

		@Override
		public void sent(double at) {
			int minute = (int) (at / MINUTE);
			if (minute != this.minute) {
				this.minute = minute;
				this.sent = 0;
			}
			this.sent++;
			if (this.sent == this.callsAMinute) {
				this.usedUp[minute] = at;
			}
		}

		@Override
		public CallOutcome failure(double at) {
			return Course.rateLimited(this.hint ? Double.valueOf(MINUTE - at % MINUTE) : null);
		}

	}

	/**
	 * Answers take so much longer that nobody wants to wait for them.
	 */
	private record Slow(double factor, double limit) implements Course {

		@Override
		public double slowness(double at) {
			return this.factor;
		}

		@Override
		public double failing(double at, int key) {
			return 1;
		}

		@Override
		public CallOutcome failure(double at) {
			return Course.TIMEOUT;
		}

	}

	/**
	 * Calls fail at once, and then not even that.
	 */
	private record HangingLater(double after, double limit) implements Course {

		@Override
		public double slowness(double at) {
			return (at < this.after) ? 1 : Double.POSITIVE_INFINITY;
		}

		@Override
		public double failing(double at, int key) {
			return 1;
		}

		@Override
		public CallOutcome failure(double at) {
			return (at < this.after) ? Course.OVERLOADED : Course.TIMEOUT;
		}

	}

	/**
	 * The first key is dead, the others are well.
	 */
	private record KeyOfFour() implements Course {

		@Override
		public double failing(double at, int key) {
			return switch (key) {
				case Course.ANY_KEY -> 0.25;
				case 0 -> 1;
				default -> 0;
			};
		}

		@Override
		public CallOutcome failure(double at) {
			return Course.AUTH;
		}

	}

}
