// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.actuate.endpoint.BreakersDescriptor;
import io.github.llmbreaker.actuate.endpoint.LlmBreakersEndpoint;
import io.github.llmbreaker.autoconfigure.LlmBreakerAlertAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerEndpointAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerFleetAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerHealthAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerMetricsAutoConfiguration;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.BreakerSync;
import io.github.llmbreaker.breaker.FleetStatus;
import io.github.llmbreaker.breaker.TestRegistry;
import io.github.llmbreaker.health.LlmBreakersHealthIndicator;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what an application shows and tells of its fleet, with three of them whose
 * wall clocks are minutes apart.
 */
@Timeout(120)
class FleetOfApplicationsTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final String NAME = "openai:gpt-4.1";

	private final RealRedis redis = new RealRedis();

	private final FakeLlmServer receiver = FakeLlmServer.start().always(FakeAnswer.status(200));

	private final List<AnnotationConfigApplicationContext> applications = new ArrayList<>();

	@BeforeEach
	void start() {
		Stream.of(Duration.ZERO, Duration.ofMinutes(5), Duration.ofMinutes(-5)).forEach(this::start);
		this.applications.forEach(FleetOfApplicationsTests::registry);
		await().atMost(SOON)
			.until(() -> this.applications.stream().allMatch((it) -> fleet(it).instances().size() == 3));
	}

	@AfterEach
	void stop() {
		this.applications.parallelStream().forEach(AnnotationConfigApplicationContext::close);
		this.receiver.close();
		this.redis.close();
	}

	@Test
	void whoseClockIsMinutesOffDecidesLikeTheOthers() {
		for (int opener = 0; opener < 3; opener++) {
			TestRegistry.open(registry(this.applications.get(opener)), TestRegistry.TARGET);
			awaitState(BreakerState.OPEN);
			assertThat(this.applications).allSatisfy((it) -> {
				assertThat(breaker(it).remainingCooldown()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(30));
				assertThat(breaker(it).snapshot().stateSince()).isBetween(clock(it).instant().minusSeconds(25),
						clock(it).instant());
			});
			breaker(this.applications.get(opener)).close();
			awaitState(BreakerState.CLOSED);
		}
	}

	@Test
	void whoseClockIsMinutesOffProbesAndClosesForAll() {
		TestRegistry.open(registry(this.applications.get(0)), TestRegistry.TARGET);
		awaitState(BreakerState.OPEN);
		for (AnnotationConfigApplicationContext early : this.applications.subList(1, 3)) {
			probe(early, TestRegistry.FAILURE);
			awaitState(BreakerState.OPEN);
		}
		probe(this.applications.get(2), TestRegistry.SUCCESS);
		awaitState(BreakerState.CLOSED);
	}

	@Test
	void everyInstanceShowsWhoIsThereAndWhoFoundOut() {
		AnnotationConfigApplicationContext finder = this.applications.get(2);
		TestRegistry.open(registry(finder), TestRegistry.TARGET);
		awaitState(BreakerState.OPEN);
		String id = fleet(finder).instance();
		assertThat(this.applications).allSatisfy((it) -> {
			BreakersDescriptor shown = it.getBean(LlmBreakersEndpoint.class).breakers();
			assertThat(shown.fleet()).isNotNull();
			assertThat(shown.fleet().connected()).isTrue();
			assertThat(shown.fleet().since()).isBetween(clock(it).instant().minusSeconds(100), clock(it).instant());
			assertThat(shown.fleet().instances()).hasSize(3).contains(shown.fleet().instance(), id);
			assertThat(shown.fleet().openedBy()).containsExactlyEntriesOf(Map.of(NAME, id));
			assertThat(it.getBean(LlmBreakersHealthIndicator.class).health().getDetails().get("fleet"))
				.hasFieldOrPropertyWithValue("instances", shown.fleet().instances())
				.hasFieldOrPropertyWithValue("openedBy", shown.fleet().openedBy());
			assertThat(it.getBean(MeterRegistry.class).get("llm.breaker.fleet.connected").gauge().value()).isOne();
		});
	}

	@Test
	void whoOpenedIsStillShownWhenTheProbeOfAnotherFails() {
		TestRegistry.open(registry(this.applications.get(0)), TestRegistry.TARGET);
		awaitState(BreakerState.OPEN);
		probe(this.applications.get(1), TestRegistry.FAILURE);
		await().atMost(SOON)
			.until(() -> this.applications.stream()
				.allMatch((it) -> breaker(it).remainingCooldown().compareTo(Duration.ofSeconds(25)) > 0));
		String id = fleet(this.applications.get(0)).instance();
		assertThat(this.applications).allSatisfy((it) -> assertThat(fleet(it).openedBy()).containsEntry(NAME, id));
	}

	@Test
	void whatAllFindOutAtTheSameMomentIsOneAlert() throws Exception {
		CyclicBarrier barrier = new CyclicBarrier(3);
		List<Thread> threads = this.applications.stream().map((it) -> new Thread(() -> {
			try {
				barrier.await();
				TestRegistry.open(registry(it), TestRegistry.TARGET);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		})).toList();
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		awaitState(BreakerState.OPEN);
		String first = fleet(this.applications.get(0)).openedBy().get(NAME);
		await().atMost(SOON).until(() -> this.receiver.requestCount() > 0);
		breaker(this.applications.get(1)).close();
		await().atMost(SOON).until(() -> this.receiver.requestCount() == 2);
		this.applications.forEach(AnnotationConfigApplicationContext::close);
		assertThat(this.receiver.requests()).hasSize(2);
		assertThat(this.receiver.requests().get(0).text()).contains("\"instance\":\"" + first + "\"",
				"\"text\":\"openai:gpt-4.1 is open\"");
		assertThat(this.receiver.requests().get(1).text()).contains("is closed again");
	}

	private void start(Duration offset) {
		AnnotationConfigApplicationContext application = new AnnotationConfigApplicationContext();
		TestPropertyValues.of("spring.application.name=shop", "llm-breaker.defaults.preset=balanced",
				"llm-breaker.defaults.cooldown-jitter=0", "llm-breaker.defaults.half-open-calls=1",
				"management.endpoints.web.exposure.include=llmbreakers",
				"llm-breaker.alerts.webhook-url=" + this.receiver.url() + "/hook", "llm-breaker.alerts.min-interval=1s")
			.applyTo(application);
		application.registerBean(RedisConnectionFactory.class, () -> this.redis.factory(this.redis.port()));
		application.registerBean(Clock.class, () -> Clock.offset(Clock.systemUTC(), offset));
		application.registerBean(SimpleMeterRegistry.class);
		application.register(Application.class);
		application.refresh();
		this.applications.add(application);
	}

	/** Probes by hand, once the others let it. */
	private static void probe(AnnotationConfigApplicationContext application, CallOutcome outcome) {
		breaker(application).halfOpen();
		await().atMost(SOON).ignoreExceptionsInstanceOf(LlmCallRejectedException.class).until(() -> {
			registry(application).gate(TestRegistry.TARGET).acquire(null).complete(outcome);
			return true;
		});
	}

	private void awaitState(BreakerState state) {
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(this.applications)
				.allSatisfy((it) -> assertThat(breaker(it).state()).isEqualTo(state)));
	}

	private static BreakerRegistry registry(AnnotationConfigApplicationContext application) {
		BreakerRegistry registry = application.getBean(BreakerRegistry.class);
		registry.gate(TestRegistry.TARGET);
		return registry;
	}

	private static Breaker breaker(AnnotationConfigApplicationContext application) {
		return registry(application).find(NAME).orElseThrow();
	}

	private static Clock clock(AnnotationConfigApplicationContext application) {
		return application.getBean(Clock.class);
	}

	private static FleetStatus fleet(AnnotationConfigApplicationContext application) {
		return application.getBean(BreakerSync.class).fleet();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ LlmBreakerAutoConfiguration.class, LlmBreakerFleetAutoConfiguration.class,
			LlmBreakerAlertAutoConfiguration.class, LlmBreakerEndpointAutoConfiguration.class,
			LlmBreakerHealthAutoConfiguration.class, LlmBreakerMetricsAutoConfiguration.class,
			MetricsAutoConfiguration.class })
	static class Application {

	}

}
