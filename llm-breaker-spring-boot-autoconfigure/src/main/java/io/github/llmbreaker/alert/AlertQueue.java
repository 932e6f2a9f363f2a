// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.alert;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What is still to be told to one receiver. Holds at most one alert for each breaker and
 * {@value #CAPACITY} in all, and puts together what concerns the same provider: what
 * happens within a second, and what happens while it is too early for the next message.
 */
final class AlertQueue {

	static final int CAPACITY = 500;

	private static final long GATHERING = Duration.ofSeconds(1).toNanos();

	private final Map<String, Group> groups = new LinkedHashMap<>();

	private final AlertSettings settings;

	private final long minInterval;

	private int size;

	AlertQueue(AlertSettings settings) {
		this.settings = settings;
		this.minInterval = settings.minInterval().toNanos();
	}

	/** Adds an alert, if there is room for it. */
	synchronized void add(Alert alert, long now) {
		Group group = this.groups.computeIfAbsent(alert.breaker().provider(), (provider) -> new Group(now));
		Alert earlier = group.waiting.remove(alert.name());
		if (earlier == null && this.size >= CAPACITY) {
			return;
		}
		if (group.waiting.isEmpty() && earlier == null) {
			group.due = later(now + GATHERING, group.notBefore);
		}
		this.size += (earlier != null) ? 0 : 1;
		group.waiting.put(alert.name(), (earlier != null) ? alert.insteadOf(earlier) : alert);
	}

	/** Removes what waits about the breaker of an alert. */
	synchronized void remove(Alert alert) {
		Group group = this.groups.get(alert.breaker().provider());
		if (group != null && group.waiting.remove(alert.name()) != null) {
			this.size--;
		}
	}

	/**
	 * Takes the next message.
	 * @param now the reading of the ticker
	 * @param early whether it need not be due
	 * @return the message, or {@code null} if there is none
	 */
	synchronized @Nullable AlertMessage poll(long now, boolean early) {
		for (Iterator<Map.Entry<String, Group>> all = this.groups.entrySet().iterator(); all.hasNext();) {
			Map.Entry<String, Group> next = all.next();
			Group group = next.getValue();
			if (group.waiting.isEmpty() && group.notBefore - now <= 0) {
				all.remove();
			}
			else if (!group.waiting.isEmpty() && (early || group.due - now <= 0)) {
				return new AlertMessage(this.settings, next.getKey(), take(group, now), null);
			}
		}
		return null;
	}

	/**
	 * Returns how long it takes until a message is due.
	 * @param now the reading of the ticker
	 * @return nanoseconds; {@link Long#MAX_VALUE} if nothing waits
	 */
	synchronized long nanosUntilDue(long now) {
		return this.groups.values()
			.stream()
			.filter((group) -> !group.waiting.isEmpty())
			.mapToLong((group) -> Math.max(0, group.due - now))
			.min()
			.orElse(Long.MAX_VALUE);
	}

	private List<Alert> take(Group group, long now) {
		List<Alert> alerts = List.copyOf(group.waiting.values());
		group.waiting.clear();
		group.notBefore = now + this.minInterval;
		this.size -= alerts.size();
		return alerts;
	}

	private static long later(long one, long other) {
		return (one - other > 0) ? one : other;
	}

	/**
	 * What concerns one provider.
	 */
	private static final class Group {

		private final Map<String, Alert> waiting = new LinkedHashMap<>();

		/** The reading of the ticker before which no further message may go. */
		private long notBefore;

		private long due;

		private Group(long now) {
			this.notBefore = now;
			this.due = now;
		}

	}

}
