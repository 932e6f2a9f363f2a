// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.LlmPolicies;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.call.FailedAttempts;
import io.github.llmbreaker.call.FallbacksElsewhere;
import io.github.llmbreaker.call.LlmCall;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.call.Unchecked;
import io.github.llmbreaker.provider.LlmProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.ai.embedding.EmbeddingModel;

/**
 * Knows which models of other providers answer for one that has not.
 */
final class ModelFallbacks {

	private static final Logger logger = LoggerFactory.getLogger(ModelFallbacks.class);

	private final CallGuard guard;

	private final LlmPolicies policies;

	private final ModelSource models;

	ModelFallbacks(CallGuard guard, LlmPolicies policies, ModelSource models) {
		this.guard = guard;
		this.policies = policies;
		this.models = models;
	}

	/**
	 * Judges what a model has thrown.
	 * @param bean the model
	 * @param model tells the name of what was asked, if it is known
	 * @param thrown what was thrown
	 * @param kind the kind of models that can answer instead
	 */
	<T> Failure<T> failure(ModelBean bean, Function<ModelBean, @Nullable String> model, Throwable thrown,
			Class<T> kind) {
		Failure<T> failure = new Failure<>();
		try {
			LlmTarget target = target(bean, model, thrown);
			if (target != null && isRerouted(failure.add(target, thrown))) {
				failure.next = substitutes(target, kind);
			}
		}
		catch (RuntimeException ex) {
			// whatever is wrong with them, the caller gets the call's own error
			logger.debug("No other model answers for '{}'", bean.name(), ex);
		}
		if (failure.attempts.isEmpty()) {
			// nobody is known to have been asked
			failure.attempts.add(LlmTarget.NONE, null, unwrapped(thrown));
		}
		return failure;
	}

	private static boolean isRerouted(@Nullable CallOutcome outcome) {
		return outcome == null || LlmCall.isRerouted(outcome);
	}

	/**
	 * Returns the rejection that something is wrapped around, or itself.
	 */
	static Throwable unwrapped(Throwable thrown) {
		LlmCallRejectedException rejection = LlmCall.rejectionIn(thrown);
		return (rejection != null) ? rejection : thrown;
	}

	private @Nullable LlmTarget target(ModelBean bean, Function<ModelBean, @Nullable String> name, Throwable thrown) {
		String provider = this.models.providerOf(bean);
		if (provider == null) {
			return null;
		}
		LlmCallRejectedException rejection = LlmCall.rejectionIn(thrown);
		if (rejection != null) {
			return rejection.getTarget();
		}
		String model = name.apply(bean);
		return (model != null) ? LlmTarget.of(provider, model) : null;
	}

	private <T> Iterator<Substitute<T>> substitutes(LlmTarget from, Class<T> kind) {
		if (this.policies.forTarget(from).fallbacks().isEmpty()) {
			// nor is a breaker made of what nobody guards
			return Collections.emptyIterator();
		}
		FallbacksElsewhere elsewhere = new FallbacksElsewhere(this.guard, this.guard.registry().gate(from),
				(to) -> isReachedBelow(from, to));
		return elsewhere.targets()
			.stream()
			.map((to) -> substitute(from, to, kind))
			.filter(Objects::nonNull)
			.map(Objects::requireNonNull)
			.filter((substitute) -> elsewhere.leaveFor(substitute.target()))
			.iterator();
	}

	/**
	 * Vectors of another model fit neither in length nor in meaning to those that are
	 * stored.
	 */
	private <T> @Nullable Substitute<T> substitute(LlmTarget from, LlmTarget to, Class<T> kind) {
		if (kind == EmbeddingModel.class && !this.models.isChosen(to.providerId()) && !isSameModel(from, to)) {
			logger.debug("{} doesn't answer for {}: embeddings of another model can't be compared with its own", to,
					from);
			return null;
		}
		List<T> found = this.models.of(kind, to.providerId());
		if (found.isEmpty()) {
			logger.debug("{} can't answer for {}: there is no {} of that provider", to, from, kind.getSimpleName());
			return null;
		}
		return new Substitute<>(to, found.get(0));
	}

	private boolean isReachedBelow(LlmTarget from, LlmTarget to) {
		if (to.providerId().equals(from.providerId())) {
			return true;
		}
		LlmProvider own = this.guard.providers().find(from.provider()).orElse(null);
		return own != null
				&& this.guard.providers().find(to.provider()).filter((other) -> other.canStandInFor(own)).isPresent();
	}

	/** Providers write the same name with or without its owner and its usual tag. */
	private static boolean isSameModel(LlmTarget one, LlmTarget other) {
		return plainName(one).equalsIgnoreCase(plainName(other));
	}

	private static String plainName(LlmTarget target) {
		String name = String.valueOf(target.model());
		String plain = name.substring(name.lastIndexOf('/') + 1);
		return plain.endsWith(":latest") ? plain.substring(0, plain.length() - ":latest".length()) : plain;
	}

	/**
	 * A model that has not answered, and what follows.
	 *
	 * @param <T> the kind of model
	 */
	final class Failure<T> {

		private final FailedAttempts attempts = new FailedAttempts();

		private Iterator<Substitute<T>> next = Collections.emptyIterator();

		/**
		 * Returns what another model answers; throws what the call has failed with if
		 * none does.
		 * @param ask asks a model of that name
		 */
		Object answer(BiFunction<T, String, Object> ask) {
			while (this.next.hasNext()) {
				Substitute<T> other = this.next.next();
				try {
					return ask.apply(other.model(), other.name());
				}
				catch (RuntimeException ex) {
					add(other, ex);
				}
			}
			throw Unchecked.rethrow(error());
		}

		/**
		 * Returns who is asked next; {@code null} if nobody is left.
		 */
		@Nullable Substitute<T> next() {
			return this.next.hasNext() ? this.next.next() : null;
		}

		/**
		 * Another one has not answered either.
		 */
		void add(Substitute<T> other, Throwable error) {
			add(other.target(), error);
		}

		private @Nullable CallOutcome add(LlmTarget target, Throwable thrown) {
			Throwable error = unwrapped(thrown);
			CallOutcome outcome = (error instanceof LlmCallRejectedException) ? null
					: Outcomes.thrown(ModelFallbacks.this.guard.failures(), error, target);
			this.attempts.add(target, outcome, error);
			return outcome;
		}

		/**
		 * Returns what the caller gets if nobody answers.
		 */
		Throwable error() {
			return this.attempts.summary();
		}

	}

	/**
	 * Who answers instead.
	 *
	 * @param target what is asked
	 * @param model asks it
	 * @param <T> the kind of model
	 */
	record Substitute<T>(LlmTarget target, T model) {

		String name() {
			return String.valueOf(this.target.model());
		}

	}

}
