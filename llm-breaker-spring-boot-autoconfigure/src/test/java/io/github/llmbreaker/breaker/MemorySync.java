// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.llmbreaker.BreakerState;
import org.jspecify.annotations.Nullable;

/**
 * Shares state between registries of one test: whoever probes first probes alone.
 */
final class MemorySync {

	static final Duration LEASE = Duration.ofSeconds(20);

	final List<SharedState> told = new ArrayList<>();

	private final VirtualTime time;

	private final List<Instance> instances = new ArrayList<>();

	private final Map<String, Lease> leases = new HashMap<>();

	MemorySync(VirtualTime time) {
		this.time = time;
	}

	/** Returns the registry of one more instance of the application. */
	BreakerRegistry join(BreakerPolicy model, BreakerListener... listeners) {
		Instance instance = new Instance();
		this.instances.add(instance);
		BreakerRegistry registry = new BreakerRegistry(TestRegistry.settings(model, this.time, this.time, listeners),
				instance);
		instance.registry = registry;
		return registry;
	}

	private final class Instance implements BreakerSync {

		private @Nullable BreakerRegistry registry;

		@Override
		public void changed(BreakerView breaker, SharedState state) {
			MemorySync.this.told.add(state);
			if (state.state() == BreakerState.HALF_OPEN) {
				return;
			}
			MemorySync.this.leases.remove(breaker.name());
			for (Instance other : MemorySync.this.instances) {
				if (other != this && other.registry != null) {
					other.registry.find(breaker.name()).ifPresent((it) -> it.adopt(state));
				}
			}
		}

		@Override
		public Duration probeDelay(BreakerView breaker) {
			long now = MemorySync.this.time.nanos();
			Lease lease = MemorySync.this.leases.get(breaker.name());
			if (lease != null && lease.holder() != this && lease.end() - now > 0) {
				return Duration.ofNanos(lease.end() - now);
			}
			MemorySync.this.leases.put(breaker.name(), new Lease(this, now + LEASE.toNanos()));
			return Duration.ZERO;
		}

	}

	private record Lease(Instance holder, long end) {
	}

}
