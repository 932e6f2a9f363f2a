// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import io.github.llmbreaker.LlmTarget;
import org.jspecify.annotations.Nullable;

/**
 * An LLM call as far as it is known before its body is looked at.
 *
 * @param provider whom it calls
 * @param operation what its URL asks for
 * @param given the target that the application named; {@code null} if it named none
 * @param name the provider's id, with the partition of the call if there is one
 * @since 0.1.0
 */
public record IdentifiedCall(LlmProvider provider, LlmOperation operation, @Nullable LlmTarget given, String name) {

	/**
	 * Creates a call that is in no partition, unless the target that was named is.
	 * @param provider whom it calls
	 * @param operation what its URL asks for
	 * @param given the target that the application named; {@code null} if it named none
	 */
	public IdentifiedCall(LlmProvider provider, LlmOperation operation, @Nullable LlmTarget given) {
		this(provider, operation, given, provider.id());
	}

	/**
	 * Whether the body has to be asked for the model.
	 * @return whether neither the application nor the URL names it
	 */
	public boolean isModelInBody() {
		return this.given == null && this.operation.modelInBody();
	}

	/**
	 * Returns the target of the call.
	 * @param modelInBody the model that the body names; {@code null} if it names none or
	 * was not asked
	 * @return the target
	 */
	public LlmTarget target(@Nullable String modelInBody) {
		if (this.given != null) {
			return this.given;
		}
		String model = this.operation.model();
		if (model == null && modelInBody != null) {
			model = this.provider.dialect().modelName(modelInBody);
		}
		return new LlmTarget(this.name, this.operation.endpoint(), model);
	}

}
