// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeScope;
import org.jspecify.annotations.Nullable;

/**
 * Creates, finds and evicts breakers, never more than its bound. What still matters does
 * not go for a name that was never seen: where there is nothing else, such names share
 * the breaker of the provider's calls that name no model.
 *
 * @since 0.1.0
 */
public final class BreakerRegistry {

	/** Gates are small, and several can lead to one breaker. */
	private static final int GATES_PER_BREAKER = 4;

	private final BreakerSettings settings;

	private final BreakerEnvironment environment;

	private final BreakerShelf breakers;

	private final Map<LlmTarget, TargetGate> gates = new ConcurrentHashMap<>();

	private final GateLinks links = new GateLinks();

	private final Eviction<TargetGate> gateEviction = new Eviction<>();

	/** Guards creation and eviction; finding takes no lock. */
	private final ReentrantLock changing = new ReentrantLock();

	private final Breaker.Keeper keeper = new LockedKeeper();

	private final Announcements announcements = new Announcements();

	/** Stands for all breakers while nothing is guarded. */
	private final @Nullable Breaker off;

	private long created;

	/**
	 * Creates an empty registry, whose breakers share nothing.
	 * @param settings what it is built from
	 */
	public BreakerRegistry(BreakerSettings settings) {
		this(settings, BreakerSync.LOCAL);
	}

	/**
	 * Creates an empty registry whose breakers share their state.
	 * @param settings what it is built from
	 * @param sync who shares it
	 */
	public BreakerRegistry(BreakerSettings settings, BreakerSync sync) {
		this(new BreakerEnvironment(settings, () -> ThreadLocalRandom.current().nextDouble(), sync), null);
	}

	BreakerRegistry(BreakerSettings settings, DoubleSupplier random) {
		this(new BreakerEnvironment(settings, random, BreakerSync.LOCAL), null);
	}

	BreakerRegistry(BreakerEnvironment environment, @Nullable BreakerId off) {
		this.settings = environment.settings();
		this.environment = environment;
		this.breakers = new BreakerShelf(environment, this::came, this::gone);
		this.off = (off != null)
				? new Breaker(off, this.settings.policies().forProvider(off.provider()), environment, this.keeper)
				: null;
	}

	/** Returns a registry that guards nothing: its gates admit every call, uncounted. */
	public static BreakerRegistry off() {
		BreakerEnvironment nothing = new BreakerEnvironment(BreakerSettings.off(), () -> 0, BreakerSync.LOCAL);
		BreakerRegistry registry = new BreakerRegistry(nothing, BreakerId.ofProvider(new LlmTarget("*", null, null)));
		Objects.requireNonNull(registry.off).disable();
		return registry;
	}

	/** Whether nothing is guarded: it was made by {@link #off()}. */
	public boolean isOff() {
		return this.off != null;
	}

	/**
	 * Returns the gate of a target, made on first use.
	 * @param target the target
	 * @return the gate
	 */
	public TargetGate gate(LlmTarget target) {
		TargetGate gate = this.gates.get(target);
		return (gate == null || (gate.countedAs() != gate && this.breakers.mayHaveRoom())) ? create(target) : gate;
	}

	/**
	 * Finds a breaker. Never creates one.
	 * @param name the breaker's name
	 * @return the breaker, or empty
	 */
	public Optional<Breaker> find(String name) {
		return Optional.ofNullable(this.breakers.find(name));
	}

	/** Returns all breakers as of now, sorted by name. */
	public List<Breaker> all() {
		List<Breaker> all;
		this.changing.lock();
		try {
			all = new ArrayList<>(this.breakers.all());
		}
		finally {
			this.changing.unlock();
		}
		all.sort(Comparator.comparing(Breaker::name));
		return Collections.unmodifiableList(all);
	}

	/** Whether breakers act. */
	public BreakerMode mode() {
		return this.settings.mode();
	}

	/**
	 * Asks for all policies again. Breakers follow theirs and stay as they are, with all
	 * that they have counted and for as long as they are open.
	 */
	public void policiesChanged() {
		LlmPolicies policies = this.settings.policies();
		this.changing.lock();
		try {
			this.breakers.all().forEach((breaker) -> breaker.follow(policies));
			this.gates.values().forEach((gate) -> gate.follow(policies));
		}
		finally {
			this.changing.unlock();
		}
	}

	private TargetGate create(LlmTarget target) {
		if (this.off != null) {
			CallPolicy policy = this.settings.policies().forTarget(target);
			return new TargetGate(target, policy, this.off, null, this.environment, null);
		}
		TargetGate gate;
		this.changing.lock();
		try {
			gate = this.gates.get(target);
			if (gate == null || hasRoomOfItsOwn(gate)) {
				gate = add(target, this.settings.policies().forTarget(target));
			}
		}
		finally {
			this.changing.unlock();
		}
		this.announcements.tell();
		return gate;
	}

	/** Whether a gate that shares a breaker can have its own by now; gives it up then. */
	private boolean hasRoomOfItsOwn(TargetGate gate) {
		if (gate.countedAs() == gate) {
			return false;
		}
		Breaker provider = this.breakers.find(gate.target().provider());
		boolean room = (provider != null && (!this.settings.hasModelBreaker(gate.target())
				|| this.breakers.find(BreakerId.ofModel(gate.target(), this.settings.isolation()).name()) != null))
				|| this.breakers.makeRoom(provider);
		if (room && !gate.isEvicted()) {
			drop(gate);
		}
		return room;
	}

	private TargetGate add(LlmTarget target, CallPolicy policy) {
		long now = this.environment.nanos();
		if (this.gates.size() >= (long) GATES_PER_BREAKER * this.settings.maxBreakers()) {
			drop(Objects.requireNonNull(this.gateEviction.next(this.gates.values(), null, now)));
		}
		Breaker provider = providerBreaker(target);
		boolean runsModel = this.settings.hasModelBreaker(target);
		Breaker model = (runsModel && provider != null) ? modelBreaker(target, policy, provider) : null;
		if (provider != null && (model != null || !runsModel)) {
			return add(new TargetGate(target, policy, provider, model, this.environment, null), now);
		}
		TargetGate shared = sharedGate(target.providerId());
		boolean own = target.partition() != null && provider != null && !provider.isEvicted();
		Breaker known = own ? Objects.requireNonNull(provider) : shared.providerBreaker();
		return add(new TargetGate(target, policy, known, runsModel ? shared.modelBreaker() : null, this.environment,
				shared), now);
	}

	private TargetGate add(TargetGate gate, long now) {
		gate.registered(++this.created, now);
		this.gates.put(gate.target(), gate);
		this.links.add(gate);
		return gate;
	}

	private TargetGate sharedGate(String provider) {
		LlmTarget target = new LlmTarget(provider, null, null);
		TargetGate gate = this.gates.get(target);
		return (gate != null) ? gate : add(target, this.settings.policies().forTarget(target));
	}

	/** Returns {@code null} if it is one of a partition, and there is no room for it. */
	private @Nullable Breaker providerBreaker(LlmTarget target) {
		Breaker breaker = this.breakers.find(target.provider());
		if (breaker != null) {
			return breaker;
		}
		BreakerId id = BreakerId.ofProvider(target);
		breaker = new Breaker(id, this.settings.policies().forProvider(id.provider()), this.environment, this.keeper);
		return makeRoomFor(breaker) ? this.breakers.add(breaker) : null;
	}

	/** A provider needs its breaker; there may be any number of partitions. */
	private boolean makeRoomFor(Breaker provider) {
		if (provider.partition() != null) {
			return this.breakers.makeRoom(null);
		}
		this.breakers.insist(null);
		return true;
	}

	/** Returns {@code null} if there is no room for it. */
	private @Nullable Breaker modelBreaker(LlmTarget target, CallPolicy policy, Breaker provider) {
		BreakerId id = BreakerId.ofModel(target, this.settings.isolation());
		Breaker breaker = this.breakers.find(id.name());
		if (breaker != null) {
			return breaker;
		}
		if (!this.breakers.makeRoom(provider)) {
			LlmTarget unnamed = new LlmTarget(target.providerId(), null, null);
			BreakerId shared = BreakerId.ofModel(unnamed, this.settings.isolation());
			if (!id.equals(shared)) {
				return null;
			}
			this.breakers.insist(provider);
		}
		return this.breakers.add(new Breaker(id, policy.breaker(), this.environment, this.keeper));
	}

	private void came(Breaker breaker) {
		this.announcements.add(() -> this.environment.listeners().created(breaker));
		this.announcements.add(() -> this.environment.sync().created(breaker));
	}

	private Breaker keep(Breaker evicted) {
		Breaker kept;
		this.changing.lock();
		try {
			kept = this.breakers.find(evicted.name());
			if (kept == null) {
				kept = takeBack(evicted);
			}
		}
		finally {
			this.changing.unlock();
		}
		this.announcements.tell();
		return kept;
	}

	private Breaker takeBack(Breaker evicted) {
		evicted.follow(this.settings.policies());
		if (evicted.scope() == OutcomeScope.PROVIDER) {
			if (!makeRoomFor(evicted)) {
				return sharedGate(evicted.provider()).providerBreaker();
			}
		}
		else if (!this.breakers.makeRoom(this.breakers.find(evicted.providerName()))) {
			return Objects.requireNonNull(sharedGate(evicted.provider()).modelBreaker());
		}
		return this.breakers.add(evicted);
	}

	private void gone(Breaker breaker) {
		for (TargetGate gate : this.links.of(breaker)) {
			drop(gate);
		}
		this.announcements.add(() -> this.environment.listeners().evicted(breaker));
		this.announcements.add(() -> this.environment.sync().evicted(breaker));
	}

	private void drop(TargetGate gate) {
		this.gates.remove(gate.target());
		gate.evict();
		this.links.remove(gate);
		this.announcements.add(() -> this.environment.listeners().evicted(gate));
	}

	/**
	 * The registry as breakers see it.
	 */
	private final class LockedKeeper implements Breaker.Keeper {

		@Override
		public boolean isCrowded() {
			return BreakerRegistry.this.breakers.isCrowded();
		}

		@Override
		public Breaker keep(Breaker evicted) {
			return BreakerRegistry.this.keep(evicted);
		}

	}

}
