// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * The members that have something to tell or to ask. Each is there at most once, so there
 * are never more than breakers.
 */
final class FleetWork {

	private final BlockingQueue<FleetMember> queue = new LinkedBlockingQueue<>();

	private final Set<FleetMember> queued = ConcurrentHashMap.newKeySet();

	private final Set<FleetMember> asking = ConcurrentHashMap.newKeySet();

	/** Those that are open and may want to probe. */
	private final Set<FleetMember> open = ConcurrentHashMap.newKeySet();

	/** Those whose calls the others may want to know of. */
	private final Set<FleetMember> counting = ConcurrentHashMap.newKeySet();

	/** A member has something to tell. */
	void add(FleetMember member) {
		this.open.add(member);
		enqueue(member);
	}

	/** A member wants to know whether it may probe. */
	void ask(FleetMember member) {
		this.asking.add(member);
		enqueue(member);
	}

	boolean takeAsk(FleetMember member) {
		return this.asking.remove(member);
	}

	/** There may be calls to tell of. */
	void count(FleetMember member) {
		if (this.counting.add(member)) {
			enqueue(member);
		}
	}

	/** There may be calls to tell of before long. */
	void countLater(FleetMember member) {
		this.counting.add(member);
	}

	/** Returns those whose calls are to be told of now. */
	List<FleetMember> due(long now, Duration interval, int most) {
		if (this.counting.isEmpty()) {
			return List.of();
		}
		List<FleetMember> due = new ArrayList<>();
		for (FleetMember member : this.counting) {
			if (due.size() < most && member.counts().isDue(now, interval)) {
				this.counting.remove(member);
				due.add(member);
			}
		}
		return due;
	}

	/** Whether there is something to do at once. */
	boolean isQueued() {
		return !this.queue.isEmpty();
	}

	/** Whether there is nothing to do before something happens. */
	boolean isIdle() {
		return this.open.isEmpty() && this.counting.isEmpty();
	}

	/** Returns how long nothing has to be done unless something happens. */
	Duration patience() {
		return this.counting.isEmpty() ? Duration.ofMillis(100) : Duration.ofMillis(20);
	}

	/** Asks for those whose cooldown is soon over. */
	void early(long now) {
		this.open.removeIf((member) -> {
			boolean early = member.isEarly(now);
			if (early) {
				ask(member);
			}
			return early || !member.isWaiting();
		});
	}

	@Nullable FleetMember next(Duration patience) throws InterruptedException {
		FleetMember next = this.queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
		if (next != null) {
			this.queued.remove(next);
		}
		return next;
	}

	private void enqueue(FleetMember member) {
		if (this.queued.add(member)) {
			this.queue.add(member);
		}
	}

}
