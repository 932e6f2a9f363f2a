// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.breaker.SharedCalls;
import io.github.llmbreaker.breaker.SharedState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one instance does for its fleet, step by step: the only one that waits for Redis.
 */
final class FleetDuty {

	private static final Logger logger = LoggerFactory.getLogger(FleetDuty.class);

	/** How many breakers are told of between two looks at what is more urgent. */
	private static final int COUNTED_AT_ONCE = 20;

	private final Fleet fleet;

	private final FleetLink link;

	private final InstantSource clock;

	private final FleetClock redisClock = new FleetClock();

	private boolean lossReported;

	private @Nullable String epoch;

	private long lastBeat;

	FleetDuty(Fleet fleet, FleetLink link, InstantSource clock) {
		this.fleet = fleet;
		this.link = link;
		this.clock = clock;
	}

	/** Joins the fleet. */
	void join() throws InterruptedException {
		this.link.open(this.fleet::hear);
		FleetLink.Beat beat = beat();
		for (int i = 0; !this.link.hears(Duration.ofMillis(100)); i++) {
			if (i > 20) {
				throw new IllegalStateException("The news of the fleet don't arrive");
			}
			beat = beat();
		}
		catchUp(beat);
		this.fleet.connected(true, this.clock.instant());
		this.fleet.members.values().forEach(this.fleet.work::add);
		if (this.lossReported) {
			this.lossReported = false;
			logger.info("Fleet '{}' is joined again: {} instances share the state of their breakers",
					this.fleet.settings.namespace(), beat.instances().size());
		}
	}

	/**
	 * Does what there is to do.
	 * @param patience how long to wait for it
	 */
	void step(Duration patience) throws InterruptedException {
		FleetMember member = this.fleet.work.next(patience);
		if (member != null) {
			tell(member);
		}
		long now = this.fleet.ticker.nanos();
		this.fleet.work.early(now);
		for (FleetMember counting : this.fleet.work.due(now, this.fleet.interval(), COUNTED_AT_ONCE)) {
			count(counting);
			if (counting.counts().isActive(now)) {
				this.fleet.work.countLater(counting);
			}
		}
		if (now - this.lastBeat >= FleetSettings.BEAT.toNanos()) {
			heartbeat(now);
		}
	}

	/** Redis does not answer. */
	void lost(RuntimeException ex) {
		if (this.fleet.isConnected() || !this.lossReported) {
			this.fleet.connected(false, this.clock.instant());
		}
		this.fleet.members.values().forEach(FleetMember::alone);
		this.link.drop();
		if (!this.lossReported) {
			this.lossReported = true;
			logger.warn(
					"Fleet '{}' is lost: Redis does not answer ({}). The breakers of this instance go on alone "
							+ "and join again by themselves once it does",
					this.fleet.settings.namespace(), ex.toString());
		}
		logger.debug("Redis does not answer", ex);
	}

	/** Leaves the fleet. */
	void leave() {
		try {
			this.link.leave();
		}
		catch (RuntimeException ex) {
			logger.debug("Left the fleet without saying so", ex);
		}
	}

	void end() {
		this.fleet.left();
		this.link.close();
	}

	private void tell(FleetMember member) {
		FleetMember.Pending pending = member.takePending();
		if (pending != null) {
			try {
				FleetLink.Changing told = this.link.change(member.breaker().name(), pending, this.fleet.ticker.nanos());
				if (told.better() != null) {
					member.correct(told.better(), this.fleet.ticker.nanos());
				}
				else {
					member.told(told.version());
				}
			}
			catch (RuntimeException ex) {
				member.putBack(pending);
				throw ex;
			}
		}
		if (this.fleet.work.takeAsk(member)) {
			FleetNews.Probing answer = this.link.claim(member.breaker().name(), member.wantedLease());
			member.leased(answer.instance().equals(this.fleet.settings.instance()), answer.lease(),
					this.fleet.ticker.nanos());
		}
	}

	private void count(FleetMember member) {
		long asked = this.fleet.ticker.nanos();
		FleetCounts counts = member.counts();
		FleetCounts.Report report = counts.report(member.breaker().calls(), this.redisClock, asked);
		if (report == null) {
			return;
		}
		// before the answer: what may have been told is not told again
		counts.told(report);
		FleetLink.Sum sum = this.link.tell(member.breaker().name(), report, Objects.requireNonNullElse(this.epoch, ""));
		if (sum == null) {
			// tells all anew after the next heartbeat
			counts.failed();
			return;
		}
		long now = this.fleet.ticker.nanos();
		SharedCalls others = counts.others(report, sum, this.redisClock, now);
		this.redisClock.learn(asked, now, sum.millis());
		if (others != null) {
			member.breaker().hear(others);
		}
	}

	private FleetLink.Beat beat() {
		long now = this.fleet.ticker.nanos();
		this.lastBeat = now;
		FleetLink.Beat beat = this.link.beat(UUID.randomUUID().toString());
		this.redisClock.learn(now, this.fleet.ticker.nanos(), beat.millis());
		this.fleet.instances(beat.instances());
		return beat;
	}

	private void heartbeat(long now) throws InterruptedException {
		FleetLink.Beat beat = beat();
		if (!this.link.hears(FleetSettings.PATIENCE)) {
			throw new IllegalStateException("The news of the fleet don't arrive");
		}
		if (!beat.epoch().equals(this.epoch) || beat.version() != this.fleet.knowledge.version()) {
			catchUp(beat);
		}
		for (FleetMember member : this.fleet.members.values()) {
			if (member.hasProbed(now)) {
				member.breaker().closeIfProven();
			}
			if (member.isProbing(now)) {
				this.fleet.work.ask(member);
			}
		}
	}

	/** Takes over all that the fleet knows. */
	private void catchUp(FleetLink.Beat beat) {
		if (!beat.epoch().equals(this.epoch)) {
			this.fleet.knowledge.clear();
			this.fleet.members.values().forEach((member) -> {
				member.startAnew(this.fleet.ticker.nanos());
				this.fleet.work.add(member);
			});
		}
		List<FleetNews> all = this.link.read();
		all.forEach(this.fleet::hear);
		if (beat.epoch().equals(this.epoch)) {
			forget(all);
		}
		this.epoch = beat.epoch();
		this.fleet.knowledge.reached(beat.version());
	}

	/** What nobody knows any more has closed long ago. */
	private void forget(List<FleetNews> all) {
		SharedState closed = new SharedState(BreakerState.CLOSED, null, null, null, false, 0);
		this.fleet.members.forEach((name, member) -> {
			if (member.isForgotten() && all.stream()
				.noneMatch((news) -> news instanceof FleetNews.Changed changed && changed.name().equals(name))) {
				member.breaker().adopt(closed);
			}
		});
	}

}
