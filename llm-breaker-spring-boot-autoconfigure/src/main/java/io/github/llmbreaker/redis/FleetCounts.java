// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.llmbreaker.breaker.SharedCalls;
import io.github.llmbreaker.breaker.SharedCalls.Stretch;
import org.jspecify.annotations.Nullable;

/**
 * What this instance has told of the calls of one breaker. It tells nothing as long as
 * nobody has failures that may matter; then all tell of theirs, failures and proofs of
 * life, until nobody has for a while.
 */
final class FleetCounts {

	/** Calls are added up by when they began, in stretches of so many milliseconds. */
	static final long STRETCH = 250;

	/** How long all tell of their calls after a failure. */
	static final Duration WATCH = Duration.ofSeconds(3);

	/** So long it takes until all have told. */
	private static final Duration ALL_HAVE_TOLD = Duration.ofMillis(250);

	/** A failure has happened here. */
	private volatile boolean failed;

	private volatile @Nullable Long watchedUntil;

	/** For the closed period of the breaker that it is about. */
	private Map<Long, Count> told = Map.of();

	private long period;

	private @Nullable Long lookedAt;

	/** When to ask for what the others have told. */
	private @Nullable Long askAt;

	void failed() {
		this.failed = true;
	}

	/** Somebody has failures: all tell of their calls. */
	void watch(long now) {
		this.watchedUntil = now + WATCH.toNanos();
	}

	/** Whether there may be something to tell, now or soon. */
	boolean isActive(long now) {
		return this.failed || this.askAt != null || isWatched(now);
	}

	boolean isDue(long now, Duration interval) {
		Long last = this.lookedAt;
		return last == null || now - last >= interval.toNanos() || (this.askAt != null && now - this.askAt >= 0);
	}

	/**
	 * Returns what to tell.
	 * @param calls all calls of this instance; {@code null} while the breaker is not
	 * closed
	 * @param clock the clock of Redis
	 * @param now the reading of the ticker
	 * @return the news; {@code null} if there are none that matter
	 */
	@Nullable Report report(@Nullable SharedCalls calls, FleetClock clock, long now) {
		this.lookedAt = now;
		boolean failed = this.failed;
		this.failed = false;
		if (calls == null || calls.period() != this.period) {
			this.told = Map.of();
			this.askAt = null;
		}
		if (calls == null) {
			return null;
		}
		this.period = calls.period();
		boolean first = failed && calls.telling();
		boolean asks = first || (this.askAt != null && now - this.askAt >= 0);
		if (!asks && !isWatched(now)) {
			return null;
		}
		Map<Long, Count> all = byNumber(calls, clock);
		Report report = new Report(first, asks, all, news(all, clock.millis(now)));
		return (asks || !report.news().isEmpty()) ? report : null;
	}

	/** Whether it arrived or not: it is not told twice. */
	void told(Report report) {
		this.told = report.all();
		this.askAt = null;
	}

	/**
	 * Hears what all have told.
	 * @param report what this instance has told with it
	 * @param sum the answer
	 * @param clock the clock of Redis
	 * @param now the reading of the ticker
	 * @return the calls of the others; {@code null} as long as not all may have told
	 */
	@Nullable SharedCalls others(Report report, FleetLink.Sum sum, FleetClock clock, long now) {
		Duration wait = ALL_HAVE_TOLD.plus(clock.error()).minusMillis(sum.watched());
		if (sum.watched() < 0 || wait.toNanos() > 0) {
			this.askAt = (report.asks() && sum.watched() >= 0)
					? now + Math.max(wait.toNanos(), FleetSettings.BATCH.toNanos()) : null;
			return null;
		}
		List<Stretch> others = new ArrayList<>();
		sum.calls().forEach((number, count) -> {
			long first = clock.nanos(number * STRETCH);
			Count theirs = count.minus(this.told.getOrDefault(number, Count.NONE));
			if (!theirs.isNothing() && first - now <= 0) {
				others.add(theirs.from(first, Math.min(now, clock.nanos((number + 1) * STRETCH))));
			}
		});
		return new SharedCalls(this.period, false, others);
	}

	/** Redis was emptied. */
	void forget() {
		this.told = Map.of();
	}

	private boolean isWatched(long now) {
		Long until = this.watchedUntil;
		return until != null && until - now > 0;
	}

	private static Map<Long, Count> byNumber(SharedCalls calls, FleetClock clock) {
		Map<Long, Count> all = new TreeMap<>();
		for (Stretch stretch : calls.stretches()) {
			long middle = stretch.first() + (stretch.last() - stretch.first()) / 2;
			all.merge(Math.floorDiv(clock.millis(middle), STRETCH), Count.of(stretch), Count::plus);
		}
		return all;
	}

	private Map<Long, Count> news(Map<Long, Count> all, long millis) {
		Map<Long, Count> news = new TreeMap<>();
		long oldest = Math.floorDiv(millis - FleetSettings.JUDGED.toMillis(), STRETCH);
		this.told.forEach((number, count) -> {
			if (number > oldest) {
				news.put(number, Count.NONE.minusAll(count));
			}
		});
		all.forEach((number, count) -> news.merge(number, count, Count::plus));
		news.values().removeIf(Count.NONE::equals);
		return news;
	}

	/**
	 * What an instance tells.
	 *
	 * @param failing whether the others are to tell of their calls, too
	 * @param asks whether it wants to know of them
	 * @param all its calls by when they began
	 * @param news what it has not told yet
	 */
	record Report(boolean failing, boolean asks, Map<Long, Count> all, Map<Long, Count> news) {
	}

	/**
	 * Numbers of calls.
	 *
	 * @param calls how many there are
	 * @param proofs how many have given a proof of life
	 * @param failures how many have failed
	 * @param hints how many have named a wait
	 */
	record Count(int calls, int proofs, int failures, int hints) {

		static final Count NONE = new Count(0, 0, 0, 0);

		static Count of(Stretch stretch) {
			return new Count(stretch.calls(), stretch.proofs(), stretch.failures(), stretch.hints());
		}

		Count plus(Count more) {
			return new Count(this.calls + more.calls, this.proofs + more.proofs, this.failures + more.failures,
					this.hints + more.hints);
		}

		Count minusAll(Count less) {
			return new Count(this.calls - less.calls, this.proofs - less.proofs, this.failures - less.failures,
					this.hints - less.hints);
		}

		/** Returns what is left, never less than nothing. */
		Count minus(Count less) {
			Count left = minusAll(less);
			return new Count(Math.max(0, left.calls), Math.max(0, left.proofs), Math.max(0, left.failures),
					Math.max(0, left.hints));
		}

		boolean isNothing() {
			return this.calls == 0 && this.proofs == 0 && this.failures == 0;
		}

		Stretch from(long first, long last) {
			return new Stretch(first, last, this.calls, this.proofs, this.failures, this.hints);
		}

	}

}
