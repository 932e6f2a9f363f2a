/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
