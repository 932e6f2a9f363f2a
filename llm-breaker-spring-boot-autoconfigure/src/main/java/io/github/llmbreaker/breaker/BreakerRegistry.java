// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;

import io.github.llmbreaker.LlmTarget;
import org.jspecify.annotations.Nullable;

/**
 * Creates, finds and evicts breakers, never more than its bound.
 *
 * @since 0.1.0
 */
public final class BreakerRegistry {

	/** Gates are small, and several can lead to one breaker. */
	private static final int GATES_PER_BREAKER = 4;

	private final BreakerSettings settings;

	private final BreakerEnvironment environment;

	private final Map<LlmTarget, TargetGate> gates = new ConcurrentHashMap<>();

	private final Map<String, Breaker> breakers = new ConcurrentHashMap<>();

	private final Map<Breaker, Set<TargetGate>> gatesOfBreaker = new HashMap<>();

	private final Eviction<TargetGate> gateEviction = new Eviction<>();

	private final Eviction<Breaker> breakerEviction = new Eviction<>();

	/** Guards creation and eviction; finding takes no lock. */
	private final ReentrantLock changing = new ReentrantLock();

	private final Announcements announcements = new Announcements();

	private long created;

	/**
	 * Creates an empty registry.
	 * @param settings what it is built from
	 */
	public BreakerRegistry(BreakerSettings settings) {
		this(settings, () -> ThreadLocalRandom.current().nextDouble());
	}

	BreakerRegistry(BreakerSettings settings, DoubleSupplier random) {
		this.settings = settings;
		this.environment = new BreakerEnvironment(settings, random);
	}

	/**
	 * Returns the gate of a target, made on first use.
	 * @param target the target
	 * @return the gate
	 */
	public TargetGate gate(LlmTarget target) {
		TargetGate gate = this.gates.get(target);
		return (gate != null) ? gate : create(target);
	}

	/**
	 * Finds a breaker. Never creates one.
	 * @param name the breaker's name
	 * @return the breaker, or empty
	 */
	public Optional<Breaker> find(String name) {
		return Optional.ofNullable(this.breakers.get(name));
	}

	/**
	 * Returns all breakers, sorted by name.
	 * @return a snapshot
	 */
	public List<Breaker> all() {
		List<Breaker> all;
		this.changing.lock();
		try {
			all = new ArrayList<>(this.breakers.values());
		}
		finally {
			this.changing.unlock();
		}
		all.sort(Comparator.comparing(Breaker::name));
		return Collections.unmodifiableList(all);
	}

	/**
	 * Returns the mode.
	 * @return the mode
	 */
	public BreakerMode mode() {
		return this.settings.mode();
	}

	private TargetGate create(LlmTarget target) {
		CallPolicy policy = this.settings.policies().forTarget(target);
		TargetGate gate;
		this.changing.lock();
		try {
			gate = this.gates.get(target);
			if (gate == null) {
				gate = add(target, policy);
			}
		}
		finally {
			this.changing.unlock();
		}
		this.announcements.tell();
		return gate;
	}

	private TargetGate add(LlmTarget target, CallPolicy policy) {
		if (this.gates.size() >= (long) GATES_PER_BREAKER * this.settings.maxBreakers()) {
			drop(Objects.requireNonNull(this.gateEviction.next(this.gates.values(), null)));
		}
		long now = this.environment.nanos();
		Breaker provider = providerBreaker(target.provider(), now);
		Breaker model = hasModelBreaker(target) ? modelBreaker(target, policy, provider, now) : null;
		TargetGate gate = new TargetGate(target, policy, provider, model, this.environment);
		gate.registered(++this.created, now);
		this.gates.put(target, gate);
		link(provider, gate);
		if (model != null) {
			link(model, gate);
		}
		return gate;
	}

	private boolean hasModelBreaker(LlmTarget target) {
		String endpoint = target.endpoint();
		return switch (this.settings.isolation()) {
			case MODEL -> endpoint == null || this.settings.inference().test(endpoint);
			case ENDPOINT -> true;
		};
	}

	private Breaker providerBreaker(String provider, long now) {
		BreakerId id = BreakerId.ofProvider(provider);
		Breaker breaker = this.breakers.get(id.name());
		if (breaker == null) {
			breaker = new Breaker(id, this.settings.policies().forProvider(provider), this.environment);
			add(breaker, null, now);
		}
		return breaker;
	}

	private Breaker modelBreaker(LlmTarget target, CallPolicy policy, Breaker provider, long now) {
		BreakerId id = BreakerId.ofModel(target, this.settings.isolation());
		Breaker breaker = this.breakers.get(id.name());
		if (breaker == null) {
			breaker = new Breaker(id, policy.breaker(), this.environment);
			add(breaker, provider, now);
		}
		return breaker;
	}

	private void add(Breaker breaker, @Nullable Breaker partner, long now) {
		if (this.breakers.size() >= this.settings.maxBreakers()) {
			Breaker victim = this.breakerEviction.next(this.breakers.values(), partner);
			evict((victim != null) ? victim : Objects.requireNonNull(partner));
		}
		breaker.registered(++this.created, now);
		this.breakers.put(breaker.name(), breaker);
		this.announcements.add(() -> this.environment.listeners().created(breaker));
	}

	private void evict(Breaker breaker) {
		this.breakers.remove(breaker.name());
		breaker.evict();
		for (TargetGate gate : List.copyOf(this.gatesOfBreaker.getOrDefault(breaker, Set.of()))) {
			drop(gate);
		}
		this.announcements.add(() -> this.environment.listeners().evicted(breaker));
	}

	private void drop(TargetGate gate) {
		this.gates.remove(gate.target());
		gate.evict();
		unlink(gate.providerBreaker(), gate);
		Breaker model = gate.modelBreaker();
		if (model != null) {
			unlink(model, gate);
		}
		this.announcements.add(() -> this.environment.listeners().evicted(gate));
	}

	private void link(Breaker breaker, TargetGate gate) {
		this.gatesOfBreaker.computeIfAbsent(breaker, (key) -> new HashSet<>()).add(gate);
	}

	private void unlink(Breaker breaker, TargetGate gate) {
		this.gatesOfBreaker.computeIfPresent(breaker, (key, gates) -> {
			gates.remove(gate);
			return gates.isEmpty() ? null : gates;
		});
	}

}
