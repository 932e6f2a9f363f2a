// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.LlmPolicies;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.call.FailedAttempts;
import io.github.llmbreaker.call.FallbacksElsewhere;
import io.github.llmbreaker.call.LlmCall;
import io.github.llmbreaker.call.Outcomes;
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

	/**
	 * Creates it.
	 * @param guard what calls are guarded with
	 * @param policies says who answers for whom
	 * @param models the models of the application
	 */
	ModelFallbacks(CallGuard guard, LlmPolicies policies, ModelSource models) {
		this.guard = guard;
		this.policies = policies;
		this.models = models;
	}

	/**
	 * Judges what a model has thrown.
	 * @param bean the model
	 * @param name the name of what it was to ask, if it is known
	 * @param thrown what it has thrown
	 * @param kind the kind of models that can answer instead
	 */
	<T> ModelFailure<T> failure(ModelBean bean, Supplier<@Nullable String> name, Throwable thrown, Class<T> kind) {
		FailedAttempts attempts = new FailedAttempts();
		Iterator<ModelFallback<T>> next = List.<ModelFallback<T>>of().iterator();
		try {
			LlmTarget target = target(bean, name, thrown);
			if (target != null && isRerouted(add(attempts, target, thrown))) {
				next = fallbacks(target, kind);
			}
		}
		catch (RuntimeException ex) {
			// whatever is wrong with them, the caller gets the call's own error
			logger.debug("No other model answers for '{}'", bean.name(), ex);
		}
		if (attempts.isEmpty()) {
			// nobody is known to have been asked
			attempts.add(LlmTarget.NONE, null, unwrapped(thrown));
		}
		return new ModelFailure<>(this, attempts, next);
	}

	/**
	 * Adds an attempt that has failed.
	 * @return how it has; {@code null} if it was rejected
	 */
	@Nullable CallOutcome add(FailedAttempts attempts, LlmTarget target, Throwable thrown) {
		Throwable error = unwrapped(thrown);
		CallOutcome outcome = (error instanceof LlmCallRejectedException) ? null
				: Outcomes.thrown(this.guard.failures(), error, target);
		attempts.add(target, outcome, error);
		return outcome;
	}

	private static boolean isRerouted(@Nullable CallOutcome outcome) {
		return outcome == null || LlmCall.isRerouted(outcome);
	}

	private static Throwable unwrapped(Throwable thrown) {
		LlmCallRejectedException rejection = LlmCall.rejectionIn(thrown);
		return (rejection != null) ? rejection : thrown;
	}

	private @Nullable LlmTarget target(ModelBean bean, Supplier<@Nullable String> name, Throwable thrown) {
		String provider = this.models.providerOf(bean);
		if (provider == null) {
			return null;
		}
		LlmCallRejectedException rejection = LlmCall.rejectionIn(thrown);
		if (rejection != null) {
			return rejection.getTarget();
		}
		String model = name.get();
		return (model != null) ? LlmTarget.of(provider, model) : null;
	}

	private <T> Iterator<ModelFallback<T>> fallbacks(LlmTarget from, Class<T> kind) {
		if (this.policies.forTarget(from).fallbacks().isEmpty()) {
			// nor is a breaker made of what nobody guards
			return List.<ModelFallback<T>>of().iterator();
		}
		FallbacksElsewhere elsewhere = new FallbacksElsewhere(this.guard, this.guard.registry().gate(from),
				(to) -> isReachedBelow(from, to));
		return elsewhere.targets()
			.stream()
			.map((to) -> fallback(from, to, kind))
			.filter(Objects::nonNull)
			.map(Objects::requireNonNull)
			.filter((fallback) -> elsewhere.leaveFor(fallback.target()))
			.iterator();
	}

	private <T> @Nullable ModelFallback<T> fallback(LlmTarget from, LlmTarget to, Class<T> kind) {
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
		return new ModelFallback<>(to, found.get(0));
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

}
