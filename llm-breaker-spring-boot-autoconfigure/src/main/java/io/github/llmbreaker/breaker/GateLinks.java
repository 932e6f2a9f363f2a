// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which gates lead to which breaker. Not safe for use by many threads.
 */
final class GateLinks {

	private final Map<Breaker, Set<TargetGate>> gates = new HashMap<>();

	/** Returns a snapshot. */
	List<TargetGate> of(Breaker breaker) {
		return List.copyOf(this.gates.getOrDefault(breaker, Set.of()));
	}

	void add(TargetGate gate) {
		link(gate.providerBreaker(), gate);
		Breaker model = gate.modelBreaker();
		if (model != null) {
			link(model, gate);
		}
	}

	void remove(TargetGate gate) {
		unlink(gate.providerBreaker(), gate);
		Breaker model = gate.modelBreaker();
		if (model != null) {
			unlink(model, gate);
		}
	}

	private void link(Breaker breaker, TargetGate gate) {
		this.gates.computeIfAbsent(breaker, (key) -> new HashSet<>()).add(gate);
	}

	private void unlink(Breaker breaker, TargetGate gate) {
		this.gates.computeIfPresent(breaker, (key, gates) -> {
			gates.remove(gate);
			return gates.isEmpty() ? null : gates;
		});
	}

}
