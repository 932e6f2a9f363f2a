// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the request of one call over a blocking client, as often as needed, and makes of
 * what comes back what the caller gets.
 *
 * @param <A> the client's answer
 * @since 0.1.0
 */
public final class BlockingExchange<A> implements BlockingCall.Once<BlockingAnswer<A>> {

	private static final Logger logger = LoggerFactory.getLogger(BlockingExchange.class);

	private final HttpAdapter<A> adapter;

	private final RequestRoutes routes;

	/** Answers that may be handed on if no better one comes. */
	private final List<BlockingAnswer<A>> kept = new ArrayList<>(0);

	public BlockingExchange(HttpAdapter<A> adapter, RequestRoutes routes) {
		this.adapter = adapter;
		this.routes = routes;
	}

	/**
	 * Makes the only attempt of a call, whose answer goes to the caller, whatever it is.
	 * @return the answer; {@code null} if the client gave none
	 */
	public @Nullable BlockingAnswer<A> run(Attempt attempt) {
		try {
			return BlockingCall.run(attempt, this);
		}
		catch (Throwable ex) {
			throw Unchecked.rethrow(ex);
		}
	}

	/**
	 * Makes attempts until one of them has an answer for the caller.
	 * @return the answer; {@code null} if the client gave none
	 */
	@SuppressWarnings("unchecked") // no answer of another exchange is thrown here
	public @Nullable BlockingAnswer<A> run(LlmCall call) {
		BlockingAnswer<A> answer = null;
		try {
			answer = BlockingCall.run(call, this);
			return answer;
		}
		catch (HeldAnswerException ex) {
			for (Throwable other : ex.getSuppressed()) {
				logger.debug("Another attempt of this call: {}", other.getMessage());
			}
			answer = (BlockingAnswer<A>) ex.answer();
			return answer;
		}
		catch (Throwable ex) {
			throw Unchecked.rethrow(ex);
		}
		finally {
			for (BlockingAnswer<A> other : this.kept) {
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
	public @Nullable BlockingAnswer<A> make(Attempt attempt) throws IOException {
		RequestRoute route = this.routes.to(attempt.target());
		Received<A> received = receive(attempt, route);
		A response = received.answer();
		if (response == null) {
			attempt.end(Outcomes.LOCAL);
			return null;
		}
		Settlement call = new Settlement(attempt, route.dialect());
		Exception failure = received.failure();
		if (failure != null) {
			// an illegal argument is a status that is none
			CallOutcome outcome = (failure instanceof IllegalArgumentException) ? call.end(Outcomes.malformed())
					: attempt.failed(failure);
			return failed(BlockingAnswer.plain(this.adapter, response, attempt), outcome, call);
		}
		BlockingAnswer<A> answer;
		try {
			answer = answer(call, response, received.status());
		}
		catch (HeldAnswerException ex) {
			throw ex;
		}
		catch (Throwable ex) {
			this.adapter.close(response);
			throw ex;
		}
		return held(answer, call);
	}

	private Received<A> receive(Attempt attempt, RequestRoute route) throws IOException {
		TimeLimits.Deadline deadline = attempt.limits().untilHead();
		if (deadline == null) {
			return Received.of(this.adapter, attempt, route);
		}
		try {
			return LimitedWork.call(attempt.permit(), deadline, () -> Received.of(this.adapter, attempt, route),
					(received) -> received.abort(this.adapter));
		}
		catch (IOException ex) {
			this.adapter.abort();
			throw ex;
		}
	}

	private BlockingAnswer<A> answer(Settlement call, A response, int status) throws IOException {
		Attempt attempt = call.attempt();
		AnswerKind kind = this.adapter.isDiverted(response) ? AnswerKind.DIVERTED
				: AnswerKind.of(this.adapter.method(), status);
		return switch (kind) {
			case GOOD -> BlockingAnswer.of(this.adapter, response, attempt,
					AnswerWatch.of(call, call.head(status, this.adapter.headers(response))));
			case BODILESS ->
				BlockingAnswer.plain(this.adapter, response, attempt).ended(call.end(Outcomes.success(status)));
			case NEUTRAL ->
				BlockingAnswer.plain(this.adapter, response, attempt).ended(call.end(Outcomes.neutral(status)));
			case DIVERTED -> failed(BlockingAnswer.of(this.adapter, response, attempt, null),
					call.end(Outcomes.diverted(status)), call);
			case ERROR -> {
				BlockingAnswer<A> answer = BlockingAnswer.of(this.adapter, response, attempt, null);
				byte[] body = answer.readError().bytes();
				yield failed(answer, call.answeredBadly(call.head(status, this.adapter.headers(response)), body), call);
			}
		};
	}

	private BlockingAnswer<A> held(BlockingAnswer<A> answer, Settlement call) {
		AnswerWatch watch = answer.watch();
		HoldRule rule = call.attempt().holdRule();
		if (watch == null
				|| !rule.holds(this.adapter.headers(answer.answer()).first("content-type"), watch.isStream())) {
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
	private BlockingAnswer<A> failed(BlockingAnswer<A> answer, CallOutcome outcome, Settlement call) {
		answer.ended(outcome);
		if (!call.attempt().holdRule().holds()) {
			return answer;
		}
		logger.trace("An answer is kept: {}", outcome);
		this.kept.add(answer);
		throw new HeldAnswerException(answer, outcome);
	}

	@Override
	public void leaving(Throwable error) {
		if (error instanceof HeldAnswerException held && held.answer() instanceof BlockingAnswer<?> answer) {
			answer.detach();
		}
	}

	/**
	 * A head that has arrived.
	 *
	 * @param answer the answer; {@code null} if something of the application's gave none
	 * @param status its status
	 * @param failure why it has no status; {@code null} if it has
	 */
	private record Received<A>(@Nullable A answer, int status, @Nullable Exception failure) {

		/**
		 * Waits for the head, too: some clients read it when they are asked for the
		 * status. The caller asks for it again, and hears of a failure then.
		 */
		static <A> Received<A> of(HttpAdapter<A> adapter, Attempt attempt, RequestRoute route) throws IOException {
			A answer = adapter.send(attempt, route);
			if (answer == null) {
				return new Received<>(null, 0, null);
			}
			try {
				return new Received<>(answer, adapter.status(answer), null);
			}
			catch (IOException | RuntimeException ex) {
				return new Received<>(answer, 0, ex);
			}
			catch (Throwable ex) {
				adapter.close(answer);
				throw ex;
			}
		}

		/** Nobody waits for the answer any more. */
		void abort(HttpAdapter<A> adapter) {
			if (this.answer == null) {
				return;
			}
			try {
				Bodies.leave(adapter.body(this.answer, null));
			}
			catch (IOException | RuntimeException ex) {
				logger.debug("The body of an answer could not be opened", ex);
			}
			adapter.close(this.answer);
		}

	}

}
