// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallTrace;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.call.AnswerKind;
import io.github.llmbreaker.call.AnswerWatch;
import io.github.llmbreaker.call.Attempt;
import io.github.llmbreaker.call.BlockingCall;
import io.github.llmbreaker.call.HoldRule;
import io.github.llmbreaker.call.LimitedWork;
import io.github.llmbreaker.call.LlmCall;
import io.github.llmbreaker.call.Outcomes;
import io.github.llmbreaker.call.RequestRoute;
import io.github.llmbreaker.call.RequestRoutes;
import io.github.llmbreaker.call.Settlement;
import io.github.llmbreaker.call.TimeLimits;
import io.github.llmbreaker.call.Unchecked;
import io.github.llmbreaker.provider.AnswerHead;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Sends the request of one call, as often as needed, and makes of what comes back what
 * the caller gets.
 */
final class RequestExchange implements BlockingCall.Once<ClientHttpResponse> {

	private static final Logger logger = LoggerFactory.getLogger(RequestExchange.class);

	/** The attribute that names the attempt by which a request is made. */
	private static final String PLANNED = RequestExchange.class.getName() + ".planned";

	private final ClientHttpRequestExecution execution;

	private final OutgoingRequest original;

	private final RequestRoutes routes;

	/** Answers that may be handed on if no better one comes. */
	private final List<GuardedResponse> kept = new ArrayList<>(0);

	RequestExchange(ClientHttpRequestExecution execution, OutgoingRequest original, RequestRoutes routes) {
		this.execution = execution;
		this.original = original;
		this.routes = routes;
	}

	/**
	 * Returns the call around this one that makes a request and plans what comes after
	 * it: the same guard is there twice.
	 */
	static @Nullable CallPermit planning(HttpRequest request) {
		CallPermit outer = CallPermit.current();
		return (outer != null && request.getAttributes().get(PLANNED) == outer) ? outer : null;
	}

	/**
	 * Makes the only attempt of a call, whose answer goes to the caller, whatever it is.
	 */
	@Nullable ClientHttpResponse run(Attempt attempt) {
		try {
			return BlockingCall.run(attempt, this);
		}
		catch (Throwable ex) {
			throw Unchecked.rethrow(ex);
		}
	}

	/**
	 * Makes attempts until one of them has an answer for the caller.
	 */
	@Nullable ClientHttpResponse run(LlmCall call) {
		ClientHttpResponse answer = null;
		try {
			answer = BlockingCall.run(call, this);
			return answer;
		}
		catch (HeldAnswerException ex) {
			for (Throwable other : ex.getSuppressed()) {
				logger.debug("Another attempt of this call: {}", other.getMessage());
			}
			answer = ex.response();
			return answer;
		}
		catch (Throwable ex) {
			throw Unchecked.rethrow(ex);
		}
		finally {
			for (GuardedResponse other : this.kept) {
				if (other != answer) {
					other.discard();
				}
			}
		}
	}

	/**
	 * Sends the request and prepares the answer. An attempt whose answer is an error has
	 * ended; one whose answer is good ends when its body does.
	 */
	@Override
	public @Nullable ClientHttpResponse make(Attempt attempt) throws IOException {
		RequestRoute route = this.routes.to(attempt.target());
		OutgoingRequest request = this.original.on(route);
		attempt.permit().traceTo((LlmCallTrace) request.request().getAttributes().get(LlmCallTrace.ATTRIBUTE));
		if (attempt.holdRule().holds()) {
			request.request().getAttributes().put(PLANNED, attempt.permit());
		}
		Received received = receive(request, attempt);
		ClientHttpResponse response = received.response();
		if (response == null) {
			attempt.end(Outcomes.LOCAL);
			return null;
		}
		Settlement call = new Settlement(attempt, route.dialect());
		ClientHttpResponse answer;
		try {
			answer = answer(request, call, response, received.status());
		}
		catch (HeldAnswerException ex) {
			throw ex;
		}
		catch (Throwable ex) {
			GuardedResponse.close(response);
			throw ex;
		}
		return (answer instanceof GuardedResponse guarded) ? held(guarded, call) : answer;
	}

	private Received receive(OutgoingRequest request, Attempt attempt) throws IOException {
		TimeLimits.Deadline deadline = attempt.limits().untilHead();
		CallPermit permit = attempt.permit();
		return (deadline != null)
				? LimitedWork.call(permit, deadline, () -> Received.of(this.execution, request), Received::abort)
				: Received.of(this.execution, request);
	}

	private ClientHttpResponse answer(OutgoingRequest request, Settlement call, ClientHttpResponse response, int status)
			throws IOException {
		switch (AnswerKind.of(request.request().getMethod().name(), status)) {
			case GOOD -> {
				AnswerHead head = call.head(status, response.getHeaders()::getFirst);
				return new GuardedResponse(response, call.attempt(), AnswerWatch.of(call, head));
			}
			case BODILESS -> call.end(Outcomes.success(status));
			case NEUTRAL -> call.end(Outcomes.neutral(status));
			case DIVERTED -> {
				return failed(new GuardedResponse(response, call.attempt(), null), call.end(Outcomes.diverted(status)),
						call);
			}
			case ERROR -> {
				GuardedResponse answer = new GuardedResponse(response, call.attempt(), null);
				byte[] body = answer.readError(HoldRule.MAX_ERROR_BYTES).bytes();
				return failed(answer, call.answeredBadly(call.head(status, response.getHeaders()::getFirst), body),
						call);
			}
		}
		return response;
	}

	private GuardedResponse held(GuardedResponse answer, Settlement call) throws IOException {
		AnswerWatch watch = answer.watch();
		HoldRule rule = call.attempt().holdRule();
		if (watch == null || !rule.holds(answer.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE), watch.isStream())) {
			return answer;
		}
		try {
			answer.hold(watch, rule);
		}
		catch (Throwable ex) {
			// not the client's own answer: it would wait for what does not come
			answer.close();
			throw ex;
		}
		CallOutcome outcome = watch.outcome();
		return (outcome != null && outcome.kind() != OutcomeKind.SUCCESS) ? failed(answer, outcome, call) : answer;
	}

	/** An answer that is an error is handed on if nothing better can come. */
	private GuardedResponse failed(GuardedResponse answer, CallOutcome outcome, Settlement call) {
		if (!call.attempt().holdRule().holds()) {
			return answer;
		}
		logger.trace("An answer is kept: {}", outcome);
		this.kept.add(answer);
		throw new HeldAnswerException(answer);
	}

	@Override
	public void leaving(Throwable error) {
		if (error instanceof HeldAnswerException held) {
			held.response().detach();
		}
	}

	/**
	 * A head that has arrived.
	 *
	 * @param response the answer; {@code null} if an interceptor inside ours gave none
	 * @param status its status
	 */
	private record Received(@Nullable ClientHttpResponse response, int status) {

		/**
		 * Waits for the head, too: some clients read it when they are asked for the
		 * status.
		 */
		static Received of(ClientHttpRequestExecution execution, OutgoingRequest request) throws IOException {
			ClientHttpResponse response = execution.execute(request.request(), request.body());
			try {
				return new Received(response, (response != null) ? response.getStatusCode().value() : 0);
			}
			catch (Throwable ex) {
				GuardedResponse.close(Objects.requireNonNull(response));
				throw ex;
			}
		}

		/**
		 * Nobody waits for the answer any more.
		 */
		void abort() {
			if (this.response == null) {
				return;
			}
			GuardedResponse.closeBody(this.response);
			GuardedResponse.close(this.response);
		}

	}

}
