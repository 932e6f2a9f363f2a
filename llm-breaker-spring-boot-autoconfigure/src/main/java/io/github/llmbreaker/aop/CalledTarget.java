// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import io.github.llmbreaker.LlmTarget;
import org.jspecify.annotations.Nullable;

/**
 * Which target a guarded method calls.
 */
final class CalledTarget {

	private final ArgumentText provider;

	private final ArgumentText model;

	private final boolean modelReplaceable;

	private final boolean providerReplaceable;

	private final @Nullable LlmTarget constant;

	CalledTarget(ArgumentText provider, ArgumentText model, Class<?>... parameterTypes) {
		this.provider = provider;
		this.model = model;
		this.modelReplaceable = isText(model, parameterTypes);
		this.providerReplaceable = isText(provider, parameterTypes);
		this.constant = isConstant(provider) && isConstant(model) ? target(new Object[0]) : null;
	}

	LlmTarget of(@Nullable Object[] arguments) {
		return (this.constant != null) ? this.constant : target(arguments);
	}

	/**
	 * Whether the method can be called with another model.
	 */
	boolean isReplaceable() {
		return this.modelReplaceable;
	}

	/**
	 * Whether the method can be called for a target without being told of its provider,
	 * or can be told.
	 */
	boolean canReach(LlmTarget original, LlmTarget target) {
		return target.provider().equals(original.provider()) || this.providerReplaceable;
	}

	/**
	 * Returns the arguments with the target's names in them.
	 */
	@Nullable Object[] argumentsFor(LlmTarget target, @Nullable Object[] arguments) {
		@Nullable Object[] replaced = arguments.clone();
		replaced[this.model.index()] = target.model();
		if (this.providerReplaceable) {
			replaced[this.provider.index()] = target.provider();
		}
		return replaced;
	}

	private LlmTarget target(@Nullable Object[] arguments) {
		String id = this.provider.of(arguments);
		return new LlmTarget((id != null) ? id : "", null, this.model.of(arguments));
	}

	private static boolean isText(ArgumentText text, Class<?>... parameterTypes) {
		return text.index() >= 0 && parameterTypes[text.index()].isAssignableFrom(String.class);
	}

	private static boolean isConstant(ArgumentText text) {
		return text instanceof ArgumentText.Literal;
	}

}
