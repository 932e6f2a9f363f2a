// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpRequest;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.BlockingAnswer;
import io.github.llmbreaker.call.BlockingExchange;
import io.github.llmbreaker.call.FallbacksElsewhere;
import io.github.llmbreaker.call.HoldRule;
import io.github.llmbreaker.call.LlmCall;
import io.github.llmbreaker.call.RequestRoutes;
import io.github.llmbreaker.provider.IdentifiedCall;
import io.github.llmbreaker.provider.request.RequestModels;
import org.jspecify.annotations.Nullable;

/**
 * A request that is an LLM call. Sent once, by whatever thread, as part of the guarded
 * call that runs on the thread that has made it.
 */
final class PlannedRequest {

	private final CallGuarding guarding;

	private final ModelRequest outgoing;

	private final TargetGate gate;

	private final RequestRoutes routes;

	private final @Nullable CallPermit outer = CallPermit.current();

	private final @Nullable Object observation;

	/** The attempts, if a failed one need not be the last one. */
	private volatile @Nullable LlmCall call;

	private PlannedRequest(CallGuarding guarding, ModelRequest outgoing, TargetGate gate, RequestRoutes routes) {
		this.guarding = guarding;
		this.outgoing = outgoing;
		this.gate = gate;
		this.routes = routes;
		this.observation = guarding.guard().observer().current();
	}

	/**
	 * Returns what is planned for a request; {@code null} if it passes unguarded.
	 */
	static @Nullable PlannedRequest of(CallGuarding guarding, HttpRequest request, URI url) {
		IdentifiedCall identified = guarding.finder()
			.identify(url, null, request, (message, name) -> ModelRequest.first(message.headers(), name));
		if (identified == null) {
			return null;
		}
		ModelRequest outgoing = ModelRequest.of(request, url);
		TargetGate gate = guarding.finder()
			.gate(identified, () -> RequestModels.scan(ByteBuffer.wrap(outgoing.body()), outgoing.contentType()));
		return (gate != null) ? new PlannedRequest(guarding, outgoing, gate,
				new RequestRoutes(guarding.guard().providers(), identified, url, gate.target())) : null;
	}

	/**
	 * Makes attempts until one of them has an answer for the caller.
	 * @param transport sends them
	 * @param stream whether a stream is asked for
	 */
	BlockingAnswer<ClientAnswer> send(CallTransport transport, boolean stream) {
		BlockingExchange<ClientAnswer> exchange = new BlockingExchange<>(
				new TransportAdapter(transport, this.outgoing, stream), this.routes);
		return Objects.requireNonNull(send(exchange));
	}

	private @Nullable BlockingAnswer<ClientAnswer> send(BlockingExchange<ClientAnswer> exchange) {
		if (!isRecoverable()) {
			return exchange.run(Attempt.single(this.guarding.guard(), this.gate, this.outer, this.observation));
		}
		LlmCall planned = LlmCall.of(this.guarding.guard(), this.gate, this.routes, this.outer)
			.within(this.observation);
		this.call = planned;
		return exchange.run(planned);
	}

	private boolean isRecoverable() {
		return this.outgoing.body().length <= HoldRule.MAX_REQUEST_BYTES && LlmCall.isRecoverable(this.gate);
	}

	/**
	 * Returns who can be asked in another way, after the call has failed for a reason
	 * that lies with the provider or the model.
	 */
	List<LlmTarget> fallbacksElsewhere() {
		LlmCall failed = this.call;
		return (failed != null && failed.isAnswerable()) ? elsewhere().targets() : List.of();
	}

	/**
	 * Whether to ask one of them; listeners are told then.
	 */
	boolean leaveFor(LlmTarget target) {
		return elsewhere().leaveFor(target);
	}

	private FallbacksElsewhere elsewhere() {
		return new FallbacksElsewhere(this.guarding.guard(), this.gate, this.routes);
	}

	/**
	 * Whether LangChain4j must not make this call again: what its policy has for that has
	 * been done.
	 */
	boolean replacesRetries() {
		return this.guarding.replacesRetries() && isRecoverable();
	}

	/**
	 * Returns what LangChain4j's models throw for an answer that is an error.
	 */
	RuntimeException described(BlockingAnswer<ClientAnswer> answer, HttpException failure) {
		CallOutcome outcome = answer.outcome();
		return (outcome != null) ? CallFailures.of(outcome.kind(), failure) : failure;
	}

}
