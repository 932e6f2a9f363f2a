// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.observation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.call.CallObserver;
import io.github.llmbreaker.call.CallSpan;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an observation of each guarded call. Whatever goes wrong in an application's
 * handlers and conventions, the call goes on.
 *
 * @since 0.1.0
 */
public final class MicrometerCallObserver implements CallObserver {

	private static final Logger logger = LoggerFactory.getLogger(MicrometerCallObserver.class);

	private static final LlmCallObservationConvention DEFAULT = new DefaultLlmCallObservationConvention();

	private final Supplier<ObservationRegistry> registry;

	private final Supplier<@Nullable LlmCallObservationConvention> convention;

	private final int maxModels;

	/** Names come from outside, and meters that are made of them stay. */
	private final Set<String> models = ConcurrentHashMap.newKeySet();

	/**
	 * Creates an observer.
	 * @param registry returns whom to tell of observations; asked by calls, as it may
	 * itself be built with clients that are guarded
	 * @param convention returns how to name them; {@code null} for the default
	 * @param maxModels greatest number of models that are told apart by keys of low
	 * cardinality
	 */
	public MicrometerCallObserver(Supplier<ObservationRegistry> registry,
			Supplier<@Nullable LlmCallObservationConvention> convention, int maxModels) {
		this.registry = registry;
		this.convention = convention;
		this.maxModels = maxModels;
	}

	@Override
	public @Nullable Object current() {
		try {
			return this.registry.get().getCurrentObservation();
		}
		catch (RuntimeException | LinkageError ex) {
			return failed(ex);
		}
	}

	@Override
	public @Nullable CallSpan start(TargetGate gate, BreakerState state, @Nullable Object around) {
		try {
			ObservationRegistry known = this.registry.get();
			if (known.isNoop()) {
				return null;
			}
			LlmCallObservationContext context = new LlmCallObservationContext(gate.target(),
					modelName(gate.countedAs().target()), state);
			Observation observation = Observation.createNotStarted(this.convention.get(), DEFAULT, () -> context,
					known);
			if (observation.isNoop()) {
				return null;
			}
			if (around instanceof Observation parent) {
				observation.parentObservation(parent);
			}
			return new ObservationSpan(observation.start(), context);
		}
		catch (RuntimeException | LinkageError ex) {
			return failed(ex);
		}
	}

	@Override
	public @Nullable Runnable enter(Object observation) {
		try {
			Observation.Scope scope = ((Observation) observation).openScope();
			return () -> quietly(scope::close);
		}
		catch (RuntimeException | LinkageError ex) {
			return failed(ex);
		}
	}

	private String modelName(LlmTarget target) {
		String model = target.model();
		if (model == null) {
			return "*";
		}
		boolean known = this.models.contains(model) || (this.models.size() < this.maxModels && this.models.add(model));
		return known ? model : "*";
	}

	private static void quietly(Runnable step) {
		try {
			step.run();
		}
		catch (RuntimeException | LinkageError ex) {
			failed(ex);
		}
	}

	private static <T> @Nullable T failed(Throwable failure) {
		logger.debug("A call could not be observed", failure);
		return null;
	}

	/**
	 * The observation of one call.
	 *
	 * @param observation the observation, which has begun
	 * @param context what is known of the call
	 */
	private record ObservationSpan(Observation observation, LlmCallObservationContext context) implements CallSpan {

		@Override
		public void attempt() {
			this.context.attempt();
		}

		@Override
		public void rejected(String message) {
			event("rejected", message);
		}

		@Override
		public void retrying(String message) {
			event("retry", message);
		}

		@Override
		public void fallingBack(LlmTarget target) {
			this.context.fallingBack(target);
			event("fallback", "Fallback to " + DefaultLlmCallObservationConvention.nameOf(target));
		}

		private void event(String name, String message) {
			quietly(() -> this.observation.event(Observation.Event.of(name, message)));
		}

		@Override
		public void end(@Nullable CallOutcome outcome, @Nullable Throwable error) {
			this.context.end(outcome);
			quietly(() -> {
				if (error != null) {
					this.observation.error(error);
				}
			});
			quietly(this.observation::stop);
		}

	}

}
