// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerPolicy;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TestRegistry;
import io.github.llmbreaker.breaker.Ticker;

import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * One instance of an application, as far as breakers go.
 */
final class FleetInstance implements AutoCloseable {

	final RedisBreakerSync sync;

	final BreakerRegistry registry;

	FleetInstance(RedisConnectionFactory factory, BreakerPolicy policy) {
		this(factory, policy, Clock.systemUTC(), Ticker.SYSTEM);
	}

	FleetInstance(RedisConnectionFactory factory, BreakerPolicy policy, Clock clock, Ticker ticker) {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("llm-breaker-fleet-");
		threads.setDaemon(true);
		this.sync = new RedisBreakerSync(factory, "shop", ticker, clock, threads);
		this.registry = new BreakerRegistry(TestRegistry.settings(policy, ticker, clock), this.sync);
		this.sync.start();
	}

	Breaker breaker() {
		this.registry.gate(TestRegistry.TARGET);
		return this.registry.find("openai:gpt-4.1").orElseThrow();
	}

	BreakerState state() {
		return breaker().state();
	}

	boolean isConnected() {
		return this.sync.fleet().connected();
	}

	void fail(int times) {
		call(times, TestRegistry.FAILURE);
	}

	void succeed(int times) {
		call(times, TestRegistry.SUCCESS);
	}

	private void call(int times, CallOutcome outcome) {
		for (int i = 0; i < times; i++) {
			tryCall().ifPresent((call) -> call.complete(outcome));
		}
	}

	/** Returns the call, or empty if it is rejected. */
	Optional<CallPermit> tryCall() {
		return tryCall(TestRegistry.TARGET);
	}

	Optional<CallPermit> tryCall(LlmTarget target) {
		try {
			return Optional.of(this.registry.gate(target).acquire(null));
		}
		catch (LlmCallRejectedException ex) {
			return Optional.empty();
		}
	}

	void forceOpen() {
		breaker().forceOpen((Duration) null);
	}

	@Override
	public void close() {
		this.sync.stop();
	}

}
