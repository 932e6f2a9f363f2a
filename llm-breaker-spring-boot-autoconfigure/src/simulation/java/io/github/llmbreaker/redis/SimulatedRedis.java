// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.breaker.SharedState;

/**
 * Does what the scripts do, without Redis: what they hold and answer is the same.
 */
final class SimulatedRedis {

	private static final String EPOCH = "epoch";

	private final SimulatedNetwork network;

	private final Map<String, FleetNews.Changed> breakers = new HashMap<>();

	/** Until when what is stored holds; zero if that is not limited. */
	private final Map<String, Long> ends = new HashMap<>();

	private final Map<String, Lease> leases = new HashMap<>();

	private final Map<String, Long> instances = new TreeMap<>();

	private final Map<String, Calls> calls = new HashMap<>();

	private long version;

	SimulatedRedis(SimulatedNetwork network) {
		this.network = network;
	}

	FleetLink.Beat beat(String instance) {
		long now = millis();
		this.instances.put(instance, now);
		this.instances.values().removeIf((time) -> now - time > FleetSettings.SILENCE.toMillis());
		return new FleetLink.Beat(EPOCH, this.version, now, List.copyOf(this.instances.keySet()));
	}

	List<FleetNews> read() {
		List<FleetNews> all = new ArrayList<>();
		this.breakers.keySet().forEach((name) -> all.add(stored(name)));
		this.leases.forEach((name, lease) -> {
			if (lease.end() > millis()) {
				all.add(new FleetNews.Probing(name, lease.instance(), Duration.ofMillis(lease.end() - millis())));
			}
		});
		return all;
	}

	FleetLink.Changing change(String instance, String name, FleetMember.Pending pending, long nanos) {
		SharedState state = pending.state();
		Duration remaining = pending.remaining(nanos);
		long end = (state.state() == BreakerState.CLOSED) ? millis()
				: (remaining != null) ? millis() + remaining.toMillis() : 0;
		FleetNews.Changed old = this.breakers.get(name);
		if (old != null && isRefused(old, this.ends.get(name), pending, end, nanos)) {
			return new FleetLink.Changing(pending.version(), stored(name));
		}
		this.version++;
		SharedState told = new SharedState(state.state(), remaining, state.kind(), state.status(), state.inStream(),
				state.reopenings());
		FleetNews.Changed news = new FleetNews.Changed(name, this.version, told, instance);
		this.breakers.put(name, news);
		this.ends.put(name, end);
		this.leases.remove(name);
		this.calls.remove(name);
		this.network.publish(news);
		return new FleetLink.Changing(this.version, null);
	}

	FleetNews.Probing claim(String instance, String name, Duration duration) {
		Lease old = this.leases.get(name);
		if (old != null && !old.instance().equals(instance) && old.end() > millis()) {
			return new FleetNews.Probing(name, old.instance(), Duration.ofMillis(old.end() - millis()));
		}
		this.leases.put(name, new Lease(instance, millis() + duration.toMillis()));
		FleetNews.Probing news = new FleetNews.Probing(name, instance, duration);
		this.network.publish(news);
		return news;
	}

	FleetLink.Sum tell(String instance, String name, FleetCounts.Report report) {
		Calls all = this.calls.computeIfAbsent(name, (key) -> new Calls());
		long now = millis();
		report.news().forEach((number, count) -> all.counts.merge(number, count, FleetCounts.Count::plus));
		boolean watched = now - all.watchedLast <= FleetCounts.WATCH.toMillis();
		if (report.failing() && (!watched || now - all.watchedLast >= 1000)) {
			all.watchedSince = watched ? all.watchedSince : now;
			all.watchedLast = now;
			watched = true;
			this.network.publish(new FleetNews.Failing(name, instance));
		}
		all.counts.keySet()
			.removeIf((number) -> number < (now - FleetSettings.JUDGED.toMillis()) / FleetCounts.STRETCH);
		Map<Long, FleetCounts.Count> answer = Map.copyOf(all.counts);
		if (answer.size() > 240) {
			new ArrayList<>(all.counts.keySet()).subList(0, 120).forEach(all.counts::remove);
		}
		return new FleetLink.Sum(now, watched ? now - all.watchedSince : -1, answer);
	}

	private boolean isRefused(FleetNews.Changed old, long till, FleetMember.Pending pending, long end, long nanos) {
		BreakerState state = pending.state().state();
		BreakerState before = old.state().state();
		if (before == BreakerState.OPEN && state == BreakerState.OPEN) {
			return end <= till;
		}
		if (before == BreakerState.CLOSED && state == BreakerState.OPEN) {
			return millis() - TimeUnit.NANOSECONDS.toMillis(nanos - pending.at()) < till
					|| (pending.state().reopenings() > 0 && old.version() > pending.version());
		}
		boolean over = before == BreakerState.CLOSED || (till > 0 && till <= millis());
		return !over && old.version() > pending.version() && state != BreakerState.FORCED_OPEN
				&& state != BreakerState.DISABLED;
	}

	private FleetNews.Changed stored(String name) {
		FleetNews.Changed news = this.breakers.get(name);
		SharedState state = news.state();
		if (state.remaining() == null) {
			return news;
		}
		Duration left = Duration.ofMillis(Math.max(0, this.ends.get(name) - millis()));
		return new FleetNews.Changed(name, news.version(), new SharedState(state.state(), left, state.kind(),
				state.status(), state.inStream(), state.reopenings()), news.instance());
	}

	private long millis() {
		return TimeUnit.NANOSECONDS.toMillis(this.network.nanos());
	}

	/**
	 * Who may probe.
	 *
	 * @param instance the instance
	 * @param end until when
	 */
	private record Lease(String instance, long end) {
	}

	/**
	 * The calls of one breaker.
	 */
	private static final class Calls {

		private final TreeMap<Long, FleetCounts.Count> counts = new TreeMap<>();

		private long watchedSince = Long.MIN_VALUE / 2;

		private long watchedLast = Long.MIN_VALUE / 2;

	}

}
