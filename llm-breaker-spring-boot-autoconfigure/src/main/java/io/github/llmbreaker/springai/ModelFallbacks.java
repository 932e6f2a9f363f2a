// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

import java.util.Iterator;
import java.util.List;
import java.util.Objects;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerMode;
import io.github.llmbreaker.breaker.FallbackModel;
import io.github.llmbreaker.breaker.LlmPolicies;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.call.LlmCall;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.provider.LlmProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Knows which models of other vendors answer for one that has not. Where a request can be
 * sent to another provider as it is, that was done further below.
 */
final class ModelFallbacks {

	private static final Logger logger = LoggerFactory.getLogger(ModelFallbacks.class);

	private final CallGuard guard;

	private final LlmPolicies policies;

	private final ChatModels models;

	/**
	 * Creates it.
	 * @param guard what calls are guarded with
	 * @param policies says who answers for whom
	 * @param models the models of the application
	 */
	ModelFallbacks(CallGuard guard, LlmPolicies policies, ChatModels models) {
		this.guard = guard;
		this.policies = policies;
		this.models = models;
	}

	/**
	 * Judges what a model has thrown.
	 * @param bean the model's name
	 * @param own the model
	 * @param prompt what it was asked
	 * @param thrown what it has thrown
	 */
	ModelFailure failure(String bean, ChatModel own, Prompt prompt, Throwable thrown) {
		LlmCallRejectedException rejection = LlmCall.rejectionIn(thrown);
		RuntimeException error = (rejection != null) ? rejection
				: (thrown instanceof RuntimeException ex) ? ex : new IllegalStateException(thrown);
		try {
			return new ModelFailure(error, fallbacks(bean, own, prompt, error));
		}
		catch (RuntimeException ex) {
			// whatever is wrong with them, the caller gets the call's own error
			logger.debug("No other model answers for '{}'", bean, ex);
			return new ModelFailure(error, List.<ModelFallback>of().iterator());
		}
	}

	private Iterator<ModelFallback> fallbacks(String bean, ChatModel own, Prompt prompt, RuntimeException error) {
		LlmTarget target = target(bean, own, prompt);
		if (target == null || this.guard.registry().mode() != BreakerMode.ENFORCE || !isRerouted(error, target)) {
			return List.<ModelFallback>of().iterator();
		}
		return this.policies.forTarget(target)
			.fallbacks()
			.stream()
			.map((fallback) -> fallback(fallback, target, prompt))
			.filter(Objects::nonNull)
			.map(Objects::requireNonNull)
			.peek((fallback) -> tell(target, fallback))
			.iterator();
	}

	private boolean isRerouted(RuntimeException error, LlmTarget target) {
		if (error instanceof LlmCallRejectedException) {
			return true;
		}
		CallOutcome outcome = Outcomes.thrown(this.guard.failures(), error, target);
		return LlmCall.isRerouted(outcome);
	}

	private @Nullable LlmTarget target(String bean, ChatModel own, Prompt prompt) {
		String provider = this.models.provider(bean, own);
		ChatOptions asked = prompt.getOptions();
		String model = (asked != null) ? asked.getModel() : null;
		if (model == null && own.getOptions() != null) {
			model = own.getOptions().getModel();
		}
		return (provider != null && model != null) ? LlmTarget.of(provider, model) : null;
	}

	private @Nullable ModelFallback fallback(FallbackModel fallback, LlmTarget from, Prompt prompt) {
		LlmTarget to = fallback.insteadOf(from);
		if (to.providerId().equals(from.providerId()) || isReachedBelow(from, to)) {
			return null;
		}
		ChatModel model = this.models.of(to.providerId());
		if (model == null) {
			logger.debug("{} can't answer for {}: there is no chat model of that provider", to, from);
			return null;
		}
		return new ModelFallback(to, model, PortableOptions.move(prompt, model, String.valueOf(to.model())));
	}

	private boolean isReachedBelow(LlmTarget from, LlmTarget to) {
		LlmProvider own = this.guard.providers().find(from.provider()).orElse(null);
		return own != null
				&& this.guard.providers().find(to.provider()).filter((other) -> other.canStandInFor(own)).isPresent();
	}

	private void tell(LlmTarget from, ModelFallback to) {
		TargetGate gate = this.guard.registry().gate(from);
		gate.fallingBackTo(this.guard.registry().gate(to.target()));
	}

}
