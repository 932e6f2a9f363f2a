// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmTarget;

/**
 * Stands in while nothing is guarded: calls just run.
 *
 * @since 0.1.0
 */
public final class UnguardedLlmBreakers implements LlmBreakers {

	@Override
	public <T> T call(LlmTarget target, Callable<T> call) throws Exception {
		return call.call();
	}

	@Override
	public Optional<LlmBreaker> find(String name) {
		return Optional.empty();
	}

	@Override
	public Collection<LlmBreaker> all() {
		return List.of();
	}

}
