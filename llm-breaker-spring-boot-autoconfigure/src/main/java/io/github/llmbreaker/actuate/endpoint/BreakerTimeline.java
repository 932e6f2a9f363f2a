// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.actuate.endpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.breaker.BreakerSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The last hour of one breaker: its states, and what became of its calls, by the minute.
 * An idle breaker takes next to no memory, a busy one about a kilobyte.
 */
final class BreakerTimeline {

	static final long BUCKET_MILLIS = 60_000;

	private static final int BUCKETS = 60;

	private static final int COLUMNS = 4;

	private static final int MOST_CHANGES = 128;

	/** One row for each minute; {@code null} until there is a call. */
	private int @Nullable [] counts;

	/** The minute of the last row that was written to. */
	private long latest;

	/** What was counted before. */
	private final long[] seen;

	/** When the state changed, as milliseconds of the epoch; oldest first. */
	private long[] changedAt;

	private byte[] changedTo;

	private int changes;

	BreakerTimeline(BreakerSnapshot snapshot) {
		this.seen = columns(snapshot.calls());
		this.changedAt = new long[] { snapshot.stateSince().toEpochMilli() };
		this.changedTo = new byte[] { (byte) snapshot.state().ordinal() };
		this.changes = 1;
	}

	/** Its state has changed. */
	synchronized void changed(long at, BreakerState state) {
		forget(at - BUCKETS * BUCKET_MILLIS);
		if (this.changes == this.changedAt.length) {
			int room = Math.min(MOST_CHANGES, this.changes * 4);
			this.changedAt = Arrays.copyOf(this.changedAt, room);
			this.changedTo = Arrays.copyOf(this.changedTo, room);
		}
		this.changedAt[this.changes] = at;
		this.changedTo[this.changes++] = (byte) state.ordinal();
	}

	/** Notes what has been counted since the last time. */
	synchronized void sample(long now, BreakerSnapshot.Calls calls) {
		long[] current = columns(calls);
		if (Arrays.equals(current, this.seen)) {
			return;
		}
		int row = rowOf(now / BUCKET_MILLIS);
		for (int i = 0; i < COLUMNS; i++) {
			// two samples at once may come in the wrong order
			long more = Math.max(0, current[i] - this.seen[i]);
			counts()[row + i] += (int) more;
			this.seen[i] += more;
		}
	}

	/**
	 * Returns the changes of state, oldest first: since the beginning of the hour and the
	 * last one before.
	 */
	synchronized List<long[]> states(long now) {
		forget(now - BUCKETS * BUCKET_MILLIS);
		List<long[]> states = new ArrayList<>(this.changes);
		for (int i = 0; i < this.changes; i++) {
			states.add(new long[] { this.changedAt[i], this.changedTo[i] });
		}
		return states;
	}

	/**
	 * Returns the minutes with calls, oldest first: the beginning, and how many calls
	 * succeeded, failed, were neutral and were rejected.
	 */
	synchronized List<long[]> calls(long now, long since) {
		int[] counts = this.counts;
		List<long[]> calls = new ArrayList<>();
		long oldest = Math.max(now / BUCKET_MILLIS - BUCKETS + 1, since / BUCKET_MILLIS);
		for (long minute = Math.max(oldest, this.latest - BUCKETS + 1); counts != null
				&& minute <= this.latest; minute++) {
			int row = (int) (minute % BUCKETS) * COLUMNS;
			long[] bucket = { minute * BUCKET_MILLIS, counts[row], counts[row + 1], counts[row + 2], counts[row + 3] };
			if (bucket[1] + bucket[2] + bucket[3] + bucket[4] > 0) {
				calls.add(bucket);
			}
		}
		return calls;
	}

	private int[] counts() {
		int[] counts = this.counts;
		if (counts == null) {
			counts = new int[BUCKETS * COLUMNS];
			this.counts = counts;
		}
		return counts;
	}

	private int rowOf(long minute) {
		int[] counts = counts();
		// a clock that was set back writes to the last minute
		for (long next = Math.max(this.latest + 1, minute - BUCKETS + 1); next <= minute; next++) {
			int row = (int) (next % BUCKETS) * COLUMNS;
			Arrays.fill(counts, row, row + COLUMNS, 0);
		}
		this.latest = Math.max(this.latest, minute);
		return (int) (this.latest % BUCKETS) * COLUMNS;
	}

	/** Keeps the last change before the given time: it is the state at that time. */
	private void forget(long before) {
		int gone = (this.changes == MOST_CHANGES) ? 1 : 0;
		while (gone + 1 < this.changes && this.changedAt[gone + 1] <= before) {
			gone++;
		}
		this.changes -= gone;
		System.arraycopy(this.changedAt, gone, this.changedAt, 0, this.changes);
		System.arraycopy(this.changedTo, gone, this.changedTo, 0, this.changes);
	}

	private static long[] columns(BreakerSnapshot.Calls calls) {
		return new long[] { calls.succeeded(), calls.failed(), calls.neutral(), calls.rejected() };
	}

}
