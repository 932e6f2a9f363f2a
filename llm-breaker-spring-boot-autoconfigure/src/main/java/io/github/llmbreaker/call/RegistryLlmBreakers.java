// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.CallPermit;

/**
 * Puts any code behind the breakers of a registry.
 *
 * @param guard what calls are guarded with
 * @since 0.1.0
 */
public record RegistryLlmBreakers(CallGuard guard) implements LlmBreakers {

	@Override
	@SuppressWarnings("NullAway")
	public <T> T call(LlmTarget target, Callable<T> call) throws Exception {
		Objects.requireNonNull(target, "'target' must not be null");
		Objects.requireNonNull(call, "'call' must not be null");
		if (target == LlmTarget.NONE || this.guard.registry().isOff()) {
			return call.call();
		}
		Attempt attempt = Attempt.single(this.guard, this.guard.registry().gate(target), CallPermit.current());
		try {
			return BlockingCall.run(attempt, (admitted) -> {
				T result = call.call();
				admitted.succeeded();
				return result;
			});
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new UndeclaredThrowableException(ex);
		}
	}

	@Override
	public Optional<LlmBreaker> find(String name) {
		return this.guard.registry().find(name).map(LlmBreaker.class::cast);
	}

	@Override
	public Collection<LlmBreaker> all() {
		return List.copyOf(this.guard.registry().all());
	}

}
