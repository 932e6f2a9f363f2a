// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.breaker.BreakerSync;
import io.github.llmbreaker.breaker.BreakerView;
import io.github.llmbreaker.breaker.FleetStatus;
import io.github.llmbreaker.breaker.SharedBreaker;
import io.github.llmbreaker.breaker.SharedState;
import io.github.llmbreaker.breaker.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * A fleet as calls of one instance see it: they ask what is known, and leave a note of
 * what has happened. {@link FleetDuty} does the rest.
 */
class Fleet implements BreakerSync {

	final FleetSettings settings;

	final Ticker ticker;

	final Map<String, FleetMember> members = new ConcurrentHashMap<>();

	final FleetKnowledge knowledge = new FleetKnowledge();

	final FleetWork work = new FleetWork();

	private volatile List<String> instances = List.of();

	private volatile boolean connected;

	private volatile @Nullable Instant since;

	Fleet(FleetSettings settings, Ticker ticker) {
		this.settings = settings;
		this.ticker = ticker;
	}

	@Override
	public void created(SharedBreaker breaker) {
		FleetMember member = new FleetMember(breaker, this.ticker.nanos());
		this.members.put(breaker.name(), member);
		FleetNews.Changed known = this.knowledge.find(breaker.name(), this.ticker.nanos());
		if (known != null && this.connected) {
			member.hear(known, this.ticker.nanos());
		}
		member.told(this.knowledge.version());
	}

	@Override
	public void evicted(BreakerView breaker) {
		this.members.computeIfPresent(breaker.name(), (name, member) -> (member.breaker() == breaker) ? null : member);
	}

	@Override
	public void changed(BreakerView breaker, SharedState state) {
		FleetMember member = this.members.get(breaker.name());
		// half-open is each instance's own: the lease says who probes
		if (member != null && member.breaker() == breaker && state.state() != BreakerState.HALF_OPEN) {
			member.changed(state, this.ticker.nanos());
			this.work.add(member);
		}
	}

	@Override
	public void failed(BreakerView breaker) {
		FleetMember member = this.connected ? this.members.get(breaker.name()) : null;
		if (member != null) {
			member.counts().failed();
			this.work.count(member);
		}
	}

	@Override
	public Duration probeDelay(BreakerView breaker) {
		FleetMember member = this.connected ? this.members.get(breaker.name()) : null;
		return (member != null) ? member.probeDelay(this.ticker.nanos(), () -> this.work.ask(member)) : Duration.ZERO;
	}

	@Override
	public FleetStatus fleet() {
		return new FleetStatus(this.connected, this.since, this.settings.instance(), this.instances,
				this.knowledge.openedBy(), this.knowledge.probing(this.ticker.nanos()));
	}

	/** Others tell something. */
	void hear(FleetNews news) {
		long now = this.ticker.nanos();
		FleetMember member = this.members.get(news.name());
		boolean ours = news.instance().equals(this.settings.instance());
		if (news instanceof FleetNews.Changed changed) {
			this.knowledge.heard(changed, now);
			if (member != null && !ours) {
				member.hear(changed, now);
			}
		}
		else if (news instanceof FleetNews.Probing probing) {
			this.knowledge.heard(probing, now);
			if (member != null && !ours) {
				member.leased(false, probing.lease(), now);
			}
		}
		else if (member != null) {
			member.counts().watch(now);
			this.work.count(member);
		}
	}

	boolean isConnected() {
		return this.connected;
	}

	void connected(boolean connected, Instant since) {
		this.since = since;
		this.connected = connected;
	}

	void left() {
		this.connected = false;
	}

	void instances(List<String> instances) {
		this.instances = instances;
	}

	/** How often an instance tells of calls: of a thousand, less often. */
	Duration interval() {
		return Duration.ofMillis(Math.max(FleetSettings.BATCH.toMillis(), this.instances.size() / 2));
	}

}
