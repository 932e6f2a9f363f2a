// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.metrics;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.breaker.TestRegistry;
import io.github.llmbreaker.breaker.VirtualTime;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import static io.github.llmbreaker.breaker.TestRegistry.AUTH;
import static io.github.llmbreaker.breaker.TestRegistry.FAILURE;
import static io.github.llmbreaker.breaker.TestRegistry.SUCCESS;
import static io.github.llmbreaker.breaker.TestRegistry.TARGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link MetricsBreakerListener}.
 */
class MetricsBreakerListenerTests {

	private final VirtualTime time = new VirtualTime();

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final MetricsBreakerListener listener = new MetricsBreakerListener(() -> this.meters);

	private final BreakerRegistry registry = TestRegistry.create(this.time, this.listener);

	@Test
	void metersAreThereAtZeroFromTheBreakersCreation() {
		this.registry.gate(TARGET);
		assertThat(model("llm.breaker.state").gauge().value()).isZero();
		assertThat(model("llm.breaker.trips").counter().count()).isZero();
		assertThat(model("llm.breaker.late").counter().count()).isZero();
		assertThat(model("llm.breaker.recovery").timer().count()).isZero();
		assertThat(tagValues("llm.breaker.rejects", "reason")).containsExactly("forced_open", "half_open_full", "open");
		assertThat(model("llm.breaker.transitions").tags("from", "closed", "to", "open").counter().count()).isZero();
		assertThat(provider("llm.breaker.state").gauge().value()).isZero();
	}

	@Test
	void gaugeFollowsTheStateOnTimeWithoutTraffic() {
		Breaker breaker = TestRegistry.open(this.registry, TARGET);
		assertThat(model("llm.breaker.state").gauge().value()).isEqualTo(1);
		this.time.advance(breaker.remainingCooldown());
		assertThat(model("llm.breaker.state").gauge().value()).isEqualTo(2);
		breaker.forceOpen(null);
		assertThat(model("llm.breaker.state").gauge().value()).isEqualTo(1);
		breaker.disable();
		assertThat(model("llm.breaker.state").gauge().value()).isZero();
		breaker.close();
		assertThat(model("llm.breaker.state").gauge().value()).isZero();
		assertThat(provider("llm.breaker.state").gauge().value()).isZero();
	}

	@Test
	void tripsTransitionsAndRecovery() {
		Breaker breaker = TestRegistry.open(this.registry, TARGET);
		this.time.advance(breaker.remainingCooldown());
		TestRegistry.calls(this.registry, TARGET, 1, FAILURE);
		this.time.advance(breaker.remainingCooldown());
		TestRegistry.calls(this.registry, TARGET, 3, SUCCESS);
		assertThat(model("llm.breaker.trips").counter().count()).isEqualTo(2);
		assertThat(transitions("closed", "open")).isEqualTo(1);
		assertThat(transitions("open", "half_open")).isEqualTo(2);
		assertThat(transitions("half_open", "open")).isEqualTo(1);
		assertThat(transitions("half_open", "closed")).isEqualTo(1);
		Timer recovery = model("llm.breaker.recovery").timer();
		assertThat(recovery.count()).isEqualTo(1);
		assertThat(recovery.totalTime(TimeUnit.SECONDS)).isEqualTo(60);
	}

	@Test
	void openingByHandIsNoTrip() {
		this.registry.gate(TARGET).providerBreaker().forceOpen(null);
		assertThat(provider("llm.breaker.trips").counter().count()).isZero();
		assertThat(provider("llm.breaker.transitions").tags("from", "closed", "to", "forced_open").counter().count())
			.isEqualTo(1);
	}

	@Test
	void rejectionsAreToldApartByReason() {
		Breaker breaker = TestRegistry.open(this.registry, TARGET);
		TestRegistry.reject(this.registry, TARGET);
		TestRegistry.reject(this.registry, TARGET);
		this.time.advance(breaker.remainingCooldown());
		for (int i = 0; i < 3; i++) {
			this.registry.gate(TARGET).acquire(null);
		}
		TestRegistry.reject(this.registry, TARGET);
		breaker.forceOpen(null);
		TestRegistry.reject(this.registry, TARGET);
		assertThat(rejects("open")).isEqualTo(2);
		assertThat(rejects("half_open_full")).isEqualTo(1);
		assertThat(rejects("forced_open")).isEqualTo(1);
	}

	@Test
	void rejectionOfTheProviderCarriesItsTags() {
		TestRegistry.calls(this.registry, TARGET, 3, AUTH);
		TestRegistry.reject(this.registry, TARGET);
		assertThat(provider("llm.breaker.rejects").tag("reason", "open").counter().count()).isEqualTo(1);
		assertThat(rejects("open")).isZero();
	}

	@Test
	void callsAreTimedByOutcomeWithTheTagsOfTheTarget() {
		CallPermit permit = this.registry.gate(TARGET).acquire(null);
		this.time.advance(Duration.ofSeconds(2));
		permit.complete(FAILURE);
		TestRegistry.calls(this.registry, TARGET, 3, SUCCESS);
		Timer failed = target("llm.breaker.calls").tag("outcome", "overloaded").timer();
		assertThat(failed.count()).isEqualTo(1);
		assertThat(failed.totalTime(TimeUnit.SECONDS)).isEqualTo(2);
		assertThat(target("llm.breaker.calls").tag("outcome", "success").timer().count()).isEqualTo(3);
		assertThat(target("llm.breaker.retries").counter().count()).isZero();
	}

	@Test
	void lateCallsAreCountedAsLate() {
		CallPermit permit = this.registry.gate(TARGET).acquire(null);
		TestRegistry.open(this.registry, TARGET);
		permit.complete(SUCCESS);
		assertThat(model("llm.breaker.late").counter().count()).isEqualTo(1);
	}

	@Test
	void retriesAndFallbacksAreCountedByTarget() {
		TargetGate gate = this.registry.gate(TARGET);
		gate.retrying(Duration.ofSeconds(1));
		gate.fallingBackTo(this.registry.gate(LlmTarget.of("anthropic", "claude-sonnet-4-5")));
		assertThat(target("llm.breaker.retries").counter().count()).isEqualTo(1);
		assertThat(target("llm.breaker.fallbacks").tag("to", "anthropic:claude-sonnet-4-5").counter().count())
			.isEqualTo(1);
	}

	@Test
	void deniedRetriesAreCountedByTargetFromZero() {
		TestRegistry.calls(this.registry, TARGET, 1, SUCCESS);
		assertThat(target("llm.breaker.retries.denied").counter().count()).isZero();
		this.listener.onRetryDenied(this.registry.gate(TARGET));
		assertThat(target("llm.breaker.retries.denied").counter().count()).isEqualTo(1);
		assertThat(target("llm.breaker.retries").counter().count()).isZero();
	}

	@Test
	void callsThatNameNoModelHaveSeriesOfTheirOwn() {
		this.registry.gate(new LlmTarget("openai", "chat.completions", null));
		assertThat(tagValues("llm.breaker.state", "model")).containsExactly("*", "unknown");
	}

	@Test
	void everyMeterHasTheDocumentedTypeAndTags() {
		Breaker breaker = TestRegistry.open(this.registry, TARGET);
		this.time.advance(breaker.remainingCooldown());
		TestRegistry.calls(this.registry, TARGET, 3, SUCCESS);
		retriesAndFallbacksAreCountedByTarget();
		Set<String> seen = new TreeSet<>();
		for (Meter meter : this.meters.getMeters()) {
			BreakerMeters documented = documented(meter.getId().getName());
			seen.add(documented.meterName());
			assertThat(meter.getId().getType()).isEqualTo(documented.type());
			assertThat(meter.getId().getDescription()).isEqualTo(documented.description());
			assertThat(meter.getId().getTags()).extracting(Tag::getKey)
				.containsExactlyInAnyOrderElementsOf(documented.tags());
		}
		assertThat(seen).hasSize(BreakerMeters.values().length);
	}

	@Test
	void tenThousandModelNamesLeaveOnlyTheSeriesOfKeptBreakers() {
		PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		CompositeMeterRegistry composite = new CompositeMeterRegistry();
		composite.add(prometheus);
		BreakerRegistry bounded = TestRegistry.create(this.time, 10, new MetricsBreakerListener(() -> composite));
		for (int i = 0; i < 10_000; i++) {
			TestRegistry.calls(bounded, LlmTarget.of("openai", "model-" + i), 1, SUCCESS);
			this.time.advance(Duration.ofMillis(2));
		}
		assertThat(bounded.all()).hasSize(10);
		assertThat(composite.find("llm.breaker.state").gauges()).hasSize(10);
		assertThat(composite.find("llm.breaker.calls").timers()).hasSize(9);
		assertThat(prometheus.scrape().lines().filter((line) -> line.startsWith("llm_breaker_state{"))).hasSize(10);
		assertThat(prometheus.getMeters()).hasSize(10 * 11 + 9 * 3);
	}

	@Test
	void namesThatShareABreakerShareItsSeries() {
		BreakerRegistry bounded = TestRegistry.create(this.time, 5, this.listener);
		for (int i = 0; i < 100; i++) {
			TestRegistry.calls(bounded, LlmTarget.of("openai", "failing-" + i), 1, FAILURE);
			bounded.gate(LlmTarget.of("openai", "failing-" + i)).retrying(Duration.ofSeconds(1));
			this.time.advance(Duration.ofMillis(2));
			bounded.find("openai:*").ifPresent(Breaker::close);
		}
		assertThat(tagValues("llm.breaker.calls", "model")).contains("unknown").hasSizeLessThanOrEqualTo(4);
		assertThat(this.meters.get("llm.breaker.calls").tag("model", "unknown").timer().count()).isEqualTo(96);
		assertThat(this.meters.get("llm.breaker.retries").tag("model", "unknown").counter().count()).isEqualTo(96);
		assertThat(bounded.all()).hasSize(5);
	}

	@Test
	void callThatEndsAfterEvictionBringsNoSeriesBack() {
		BreakerRegistry bounded = TestRegistry.create(this.time, 2, this.listener);
		CallPermit permit = bounded.gate(TARGET).acquire(null);
		bounded.gate(LlmTarget.of("openai", "other"));
		permit.complete(SUCCESS);
		assertThat(this.meters.find("llm.breaker.calls").timers()).isEmpty();
		assertThat(tagValues("llm.breaker.state", "model")).containsExactly("*", "other");
	}

	@Test
	void brokenMeterRegistryBreaksNoCall() {
		BreakerRegistry unmetered = TestRegistry.create(this.time, new MetricsBreakerListener(() -> {
			throw new IllegalStateException("broken");
		}));
		TestRegistry.open(unmetered, TARGET);
		assertThatExceptionOfType(LlmCallRejectedException.class)
			.isThrownBy(() -> unmetered.gate(TARGET).acquire(null));
	}

	private double rejects(String reason) {
		return model("llm.breaker.rejects").tag("reason", reason).counter().count();
	}

	private double transitions(String from, String to) {
		return model("llm.breaker.transitions").tags("from", from, "to", to).counter().count();
	}

	private RequiredSearch model(String meter) {
		return this.meters.get(meter).tags("provider", "openai", "endpoint", "*", "model", "gpt-4.1");
	}

	private RequiredSearch provider(String meter) {
		return this.meters.get(meter).tags("provider", "openai", "endpoint", "*", "model", "*");
	}

	private RequiredSearch target(String meter) {
		return this.meters.get(meter).tags("provider", "openai", "endpoint", "chat.completions", "model", "gpt-4.1");
	}

	private Set<String> tagValues(String meter, String tag) {
		Set<String> values = new TreeSet<>();
		this.meters.get(meter).meters().forEach((it) -> values.add(it.getId().getTag(tag)));
		return values;
	}

	private static BreakerMeters documented(String name) {
		for (BreakerMeters meter : BreakerMeters.values()) {
			if (meter.meterName().equals(name)) {
				return meter;
			}
		}
		throw new AssertionError(name + " is not documented");
	}

}
