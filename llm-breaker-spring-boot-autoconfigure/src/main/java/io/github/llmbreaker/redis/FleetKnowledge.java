// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.breaker.Nanos;
import io.github.llmbreaker.breaker.SharedState;
import org.jspecify.annotations.Nullable;

/**
 * What this instance has heard of the breakers of the fleet, those included that it does
 * not have yet.
 */
final class FleetKnowledge {

	private final Map<String, Heard> states = new ConcurrentHashMap<>();

	private final Map<String, Prober> probers = new ConcurrentHashMap<>();

	private volatile long version;

	void clear() {
		this.states.clear();
		this.probers.clear();
		this.version = 0;
	}

	long version() {
		return this.version;
	}

	/** Marks that everything is known up to a version. */
	void reached(long version) {
		this.version = version;
	}

	void heard(FleetNews.Changed news, long now) {
		this.probers.remove(news.name());
		if (news.state().state() == BreakerState.CLOSED) {
			this.states.remove(news.name());
		}
		else if (this.states.size() < FleetSettings.MOST_BREAKERS || this.states.containsKey(news.name())) {
			this.states.merge(news.name(), new Heard(news, now, news.instance()),
					(old, heard) -> (old.news().version() > heard.news().version()) ? old : heard.after(old));
		}
	}

	void heard(FleetNews.Probing news, long now) {
		if (news.lease().isZero()) {
			this.probers.remove(news.name());
		}
		else if (this.probers.size() < FleetSettings.MOST_BREAKERS) {
			this.probers.put(news.name(), new Prober(news.instance(), now + Nanos.of(news.lease())));
		}
	}

	/** Returns what a breaker of this name should start with. */
	FleetNews.@Nullable Changed find(String name, long now) {
		Heard heard = this.states.get(name);
		return (heard != null) ? heard.asOf(now) : null;
	}

	Map<String, String> openedBy() {
		Map<String, String> opened = new TreeMap<>();
		this.states.forEach((name, heard) -> {
			if (heard.news().state().state() != BreakerState.DISABLED) {
				opened.put(name, heard.opener());
			}
		});
		return opened;
	}

	Map<String, String> probing(long now) {
		Map<String, String> probing = new TreeMap<>();
		this.probers.forEach((name, prober) -> {
			if (prober.end() - now > 0) {
				probing.put(name, prober.instance());
			}
		});
		return probing;
	}

	/**
	 * The last news of a breaker.
	 *
	 * @param news the news
	 * @param at when they came, as a reading of the ticker
	 * @param opener the first one of this outage: who found it out
	 */
	private record Heard(FleetNews.Changed news, long at, String opener) {

		/** One that is open, and is opened for longer or anew, was found out before. */
		Heard after(Heard old) {
			boolean open = old.news.state().state() == BreakerState.OPEN
					&& this.news.state().state() == BreakerState.OPEN;
			return open ? new Heard(this.news, this.at, old.opener) : this;
		}

		FleetNews.Changed asOf(long now) {
			SharedState state = this.news.state();
			if (state.remaining() == null) {
				return this.news;
			}
			Duration left = Duration.ofNanos(Math.max(0, Nanos.of(state.remaining()) - (now - this.at)));
			return new FleetNews.Changed(this.news.name(), this.news.version(), new SharedState(state.state(), left,
					state.kind(), state.status(), state.inStream(), state.reopenings()), this.news.instance());
		}

	}

	private record Prober(String instance, long end) {
	}

}
