// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.net.URI;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.provider.CallIdentifier;
import io.github.llmbreaker.provider.IdentifiedCall;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of requests whether they are LLM calls, and finds the breakers of those that are.
 * Whatever a dialect or a customizer of the application throws meanwhile, the request
 * passes unguarded.
 *
 * @since 0.1.0
 */
public final class CallFinder {

	private static final Logger logger = LoggerFactory.getLogger(CallFinder.class);

	private final CallGuard guard;

	private final CallIdentifier identifier;

	public CallFinder(CallGuard guard) {
		this.guard = guard;
		this.identifier = new CallIdentifier(guard.providers());
	}

	/** Returns what calls are guarded with. */
	public CallGuard guard() {
		return this.guard;
	}

	/**
	 * Identifies a request.
	 * @param attribute what the application says about it; {@code null} if nothing
	 * @return what it is for; {@code null} if it passes unguarded
	 * @throws IllegalArgumentException if the attribute is no {@link LlmTarget}
	 */
	public @Nullable IdentifiedCall identify(URI url, @Nullable Object attribute) {
		return identify(url, attribute, url, (request, name) -> null);
	}

	/**
	 * Identifies a request, also by its credential where each has breakers of its own.
	 * @param attribute what the application says about it; {@code null} if nothing
	 * @param headers returns the first value of a header of the request, whose name may
	 * be in any case; {@code null} if there is none
	 * @return what it is for; {@code null} if it passes unguarded
	 * @throws IllegalArgumentException if the attribute is no {@link LlmTarget}
	 */
	public <R> @Nullable IdentifiedCall identify(URI url, @Nullable Object attribute, R request,
			BiFunction<R, String, @Nullable String> headers) {
		if (this.guard.registry().isOff()) {
			return null;
		}
		try {
			return this.identifier.identify(url, attribute, request, headers);
		}
		catch (RuntimeException | LinkageError | AssertionError ex) {
			if (attribute != null && !(attribute instanceof LlmTarget)) {
				throw ex;
			}
			logger.debug("A request passes unguarded because it could not be identified", ex);
			return null;
		}
	}

	/**
	 * Finds the breakers of a call.
	 * @param modelInBody the model that the request's body names; asked for if it counts
	 * @return the gate; {@code null} if the call passes unguarded
	 */
	public @Nullable TargetGate gate(IdentifiedCall call, Supplier<@Nullable String> modelInBody) {
		String model;
		try {
			model = call.isModelInBody() ? modelInBody.get() : null;
		}
		catch (RuntimeException | LinkageError | AssertionError ex) {
			return notFound(ex);
		}
		return gate(call, model);
	}

	/**
	 * Finds the breakers of a call.
	 * @param modelInBody the model that the request's body names; {@code null} if that
	 * does not count
	 * @return the gate; {@code null} if the call passes unguarded
	 */
	public @Nullable TargetGate gate(IdentifiedCall call, @Nullable String modelInBody) {
		try {
			return this.guard.registry().gate(call.target(modelInBody));
		}
		catch (RuntimeException | LinkageError | AssertionError ex) {
			return notFound(ex);
		}
	}

	private static @Nullable TargetGate notFound(Throwable failure) {
		logger.debug("A call passes unguarded because its breakers could not be found", failure);
		return null;
	}

}
