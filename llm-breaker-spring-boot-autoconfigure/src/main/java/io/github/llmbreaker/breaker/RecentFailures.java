// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The last failures by when they happened. Empty ones cost nothing.
 */
final class RecentFailures {

	private static final int BUCKETS = 60;

	private final int threshold;

	private final long start;

	private final long window;

	private final long width;

	/** When the last failures happened, as many as the threshold. */
	private long @Nullable [] times;

	private int next;

	private boolean full;

	private int @Nullable [] counts;

	private long bucket;

	RecentFailures(int threshold, long window, long start) {
		this.threshold = threshold;
		this.start = start;
		this.window = window;
		this.width = Math.max(1, (window + BUCKETS - 1) / BUCKETS);
	}

	/** A failure has happened. */
	void add(long now) {
		note(now);
		count(now, 1);
	}

	/**
	 * Returns the same failures for other numbers, as far as they are known.
	 * @param otherThreshold how many of the last ones are to be known exactly
	 * @param otherWindow the window
	 * @param now the reading of the ticker
	 */
	RecentFailures of(int otherThreshold, long otherWindow, long now) {
		if (otherThreshold == this.threshold && otherWindow == this.window) {
			return this;
		}
		RecentFailures other = new RecentFailures(otherThreshold, otherWindow, this.start);
		long[] known = this.times;
		int[] counted = this.counts;
		if (known == null || counted == null) {
			return other;
		}
		for (int i = this.full ? 0 : known.length - this.next; i < known.length; i++) {
			long time = known[(this.next + i) % known.length];
			other.note(time);
			if (this.window == 0) {
				other.count(time, 1);
			}
		}
		if (this.window > 0) {
			advance(counted, now);
			for (long passed = Math.max(0, this.bucket - BUCKETS + 1); passed <= this.bucket; passed++) {
				other.count(this.start + passed * this.width, counted[(int) (passed % BUCKETS)]);
			}
		}
		return other;
	}

	private void note(long now) {
		long[] times = this.times;
		if (times == null) {
			times = new long[this.threshold];
			this.times = times;
		}
		times[this.next] = now;
		this.next = (this.next + 1) % times.length;
		this.full |= this.next == 0;
	}

	private void count(long now, int number) {
		int[] counts = this.counts;
		if (counts == null) {
			counts = new int[BUCKETS];
			this.counts = counts;
		}
		advance(counts, now);
		counts[(int) (this.bucket % BUCKETS)] += number;
	}

	/** Whether as many as the threshold happened within some time. */
	boolean areWithin(long nanos, long now) {
		long[] times = this.times;
		return times != null && this.full && now - times[this.next] < nanos;
	}

	/** Returns how many happened within some time, as many as the threshold at most. */
	int within(long nanos, long now) {
		long[] times = this.times;
		int number = 0;
		for (int i = 0; times != null && i < (this.full ? times.length : this.next); i++) {
			number += (now - times[i] < nanos) ? 1 : 0;
		}
		return number;
	}

	/** Returns their number in the window. */
	int number(long now) {
		int[] counts = this.counts;
		if (counts == null) {
			return 0;
		}
		advance(counts, now);
		int number = 0;
		for (int count : counts) {
			number += count;
		}
		return number;
	}

	private void advance(int[] counts, long now) {
		long current = Math.max(this.bucket, (now - this.start) / this.width);
		if (current - this.bucket >= BUCKETS) {
			Arrays.fill(counts, 0);
		}
		else {
			for (long passed = this.bucket + 1; passed <= current; passed++) {
				counts[(int) (passed % BUCKETS)] = 0;
			}
		}
		this.bucket = current;
	}

}
