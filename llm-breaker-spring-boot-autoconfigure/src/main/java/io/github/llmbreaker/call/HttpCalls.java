// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.net.URI;
import java.nio.ByteBuffer;

import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.provider.CallIdentifier;
import io.github.llmbreaker.provider.IdentifiedCall;
import io.github.llmbreaker.provider.request.RequestModels;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of requests whether they are LLM calls, and prepares those that are.
 *
 * @since 0.1.0
 */
public final class HttpCalls {

	private static final Logger logger = LoggerFactory.getLogger(HttpCalls.class);

	private final CallGuard guard;

	private final CallIdentifier identifier;

	/**
	 * Creates it.
	 * @param guard what calls are guarded with
	 */
	public HttpCalls(CallGuard guard) {
		this.guard = guard;
		this.identifier = new CallIdentifier(guard.providers());
	}

	/**
	 * Identifies a request.
	 * @param url where it goes
	 * @return what it is for; {@code null} if it passes unguarded, also because a dialect
	 * failed
	 */
	public @Nullable IdentifiedCall identify(URI url) {
		if (this.guard.registry().isOff()) {
			return null;
		}
		try {
			return this.identifier.identify(url, null);
		}
		catch (RuntimeException | LinkageError | AssertionError ex) {
			logger.debug("A request passes unguarded because it could not be identified", ex);
			return null;
		}
	}

	/**
	 * Prepares the call that a request is, as part of the guarded call that runs on this
	 * thread, if there is one.
	 * @param identified what the request is for
	 * @param url where it goes
	 * @param method its method
	 * @param body its body
	 * @param contentType the body's content type; {@code null} if it has none
	 * @return the call; {@code null} if it passes unguarded because its breakers could
	 * not be found
	 */
	public @Nullable HttpCall call(IdentifiedCall identified, URI url, String method, byte[] body,
			@Nullable String contentType) {
		TargetGate gate;
		try {
			String model = identified.isModelInBody() ? RequestModels.scan(ByteBuffer.wrap(body), contentType) : null;
			gate = this.guard.registry().gate(identified.target(model));
		}
		catch (RuntimeException | LinkageError | AssertionError ex) {
			logger.debug("A call passes unguarded because its breakers could not be found", ex);
			return null;
		}
		RequestRoutes routes = new RequestRoutes(this.guard.providers(), identified, url, gate.target());
		boolean recoverable = body.length <= HoldRule.MAX_REQUEST_BYTES && LlmCall.isRecoverable(gate);
		return new HttpCall(this.guard, gate, routes, method, recoverable);
	}

}
