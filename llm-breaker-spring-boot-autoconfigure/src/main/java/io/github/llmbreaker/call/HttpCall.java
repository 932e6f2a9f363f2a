// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.BreakerMode;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.provider.AnswerHead;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the request of one call, as often as needed, on the thread of who runs it, and
 * makes of what comes back what the caller gets. For clients whose answers can be read
 * from a stream of bytes. Used once.
 *
 * @since 0.1.0
 */
public final class HttpCall {

	private static final Logger logger = LoggerFactory.getLogger(HttpCall.class);

	private final CallGuard guard;

	private final TargetGate gate;

	private final RequestRoutes routes;

	private final String method;

	private final boolean recoverable;

	private final @Nullable CallPermit outer = CallPermit.current();

	private volatile @Nullable LlmCall attempts;

	/** Answers that may be handed on if no better one comes. */
	private final List<GuardedAnswer> kept = new ArrayList<>(0);

	HttpCall(CallGuard guard, TargetGate gate, RequestRoutes routes, String method, boolean recoverable) {
		this.guard = guard;
		this.gate = gate;
		this.routes = routes;
		this.method = method;
		this.recoverable = recoverable;
	}

	/**
	 * Returns the gate of what was asked for.
	 * @return the gate
	 */
	public TargetGate gate() {
		return this.gate;
	}

	/**
	 * Whether retries or fallbacks are configured, and the request can be repeated.
	 * @return whether a failed attempt need not be the last one
	 */
	public boolean isRecoverable() {
		return this.recoverable;
	}

	/**
	 * Returns the fallbacks that the request can't be sent to, after the call has failed
	 * for a reason that lies with the provider or the model. Whoever made the request may
	 * ask them in another way.
	 * @return the targets, in order
	 */
	public List<LlmTarget> fallbacksElsewhere() {
		LlmCall failed = this.attempts;
		if (failed == null || !failed.isAnswerable() || this.guard.registry().mode() != BreakerMode.ENFORCE) {
			return List.of();
		}
		return this.gate.policy()
			.fallbacks()
			.stream()
			.map((fallback) -> fallback.insteadOf(this.gate.target()))
			.filter((target) -> !this.routes.canReach(target))
			.map((target) -> new LlmTarget(target.provider(), null, target.model()))
			.toList();
	}

	/**
	 * The call is left for a target that its request can't be sent to.
	 * @param target one of {@link #fallbacksElsewhere()}
	 * @return whether that makes sense: its breakers are not in the way
	 */
	public boolean leaveFor(LlmTarget target) {
		TargetGate next = this.guard.registry().gate(target);
		if (!next.isCallable()) {
			return false;
		}
		this.gate.fallingBackTo(next);
		return true;
	}

	/**
	 * Makes attempts until one of them has an answer for the caller. A call that is
	 * neither retried nor rerouted has one attempt, whose answer is the caller's,
	 * whatever it is.
	 * @param sender sends the request
	 * @return the answer
	 * @throws Throwable why there is none
	 */
	public GuardedAnswer run(Sender sender) throws Throwable {
		Once once = new Once(sender);
		if (!this.recoverable) {
			return Objects.requireNonNull(BlockingCall.run(Attempt.single(this.guard, this.gate, this.outer), once));
		}
		LlmCall call = LlmCall.of(this.guard, this.gate, this.routes, this.outer);
		this.attempts = call;
		GuardedAnswer answer = null;
		try {
			answer = Objects.requireNonNull(BlockingCall.run(call, once));
			return answer;
		}
		catch (KeptAnswerException ex) {
			for (Throwable other : ex.getSuppressed()) {
				logger.debug("Another attempt of this call: {}", other.getMessage());
			}
			answer = ex.answer();
			return answer;
		}
		finally {
			for (GuardedAnswer other : this.kept) {
				if (other != answer) {
					other.close();
				}
			}
		}
	}

	/**
	 * Sends a request.
	 *
	 * @since 0.1.0
	 */
	@FunctionalInterface
	public interface Sender {

		/**
		 * Sends the request, and waits for the head of the answer.
		 * @param route where it goes
		 * @param attempt for what
		 * @return the answer
		 * @throws Exception why there is none
		 */
		RawAnswer send(RequestRoute route, Attempt attempt) throws Exception;

	}

	/**
	 * Makes the attempts.
	 */
	private final class Once implements BlockingCall.Once<GuardedAnswer> {

		private final Sender sender;

		Once(Sender sender) {
			this.sender = sender;
		}

		/**
		 * Sends the request and prepares the answer. An attempt whose answer is an error
		 * has ended; one whose answer is good ends when its body does.
		 */
		@Override
		public GuardedAnswer make(Attempt attempt) throws Exception {
			RequestRoute route = HttpCall.this.routes.to(attempt.target());
			RawAnswer raw = receive(route, attempt);
			Settlement settlement = new Settlement(attempt, route.dialect());
			try {
				return held(answer(settlement, raw), settlement);
			}
			catch (KeptAnswerException ex) {
				throw ex;
			}
			catch (Throwable ex) {
				raw.close();
				throw ex;
			}
		}

		private RawAnswer receive(RequestRoute route, Attempt attempt) throws Exception {
			TimeLimits.Deadline deadline = attempt.limits().untilHead();
			return (deadline != null) ? LimitedWork.call(attempt.permit(), deadline,
					() -> this.sender.send(route, attempt), RawAnswer::close) : this.sender.send(route, attempt);
		}

		private GuardedAnswer answer(Settlement settlement, RawAnswer raw) {
			int status = raw.status();
			AnswerHead head = settlement.head(status, raw.headers());
			AnswerKind kind = AnswerKind.of(HttpCall.this.method, status);
			if (kind == AnswerKind.GOOD) {
				return new GuardedAnswer(raw, settlement.attempt(), AnswerWatch.of(settlement, head));
			}
			GuardedAnswer answer = new GuardedAnswer(raw, settlement.attempt(), null);
			return switch (kind) {
				case GOOD, BODILESS -> answer.ended(settlement.end(Outcomes.success(status)));
				case NEUTRAL -> answer.ended(settlement.end(Outcomes.neutral(status)));
				case DIVERTED -> failed(answer, settlement.end(Outcomes.diverted(status)), settlement);
				case ERROR -> failed(answer,
						settlement.answeredBadly(head, answer.readError(HoldRule.MAX_ERROR_BYTES).bytes()), settlement);
			};
		}

		private GuardedAnswer held(GuardedAnswer answer, Settlement settlement) throws IOException {
			AnswerWatch watch = answer.watch();
			HoldRule rule = settlement.attempt().holdRule();
			if (watch == null || !rule.holds(answer.headers().first("content-type"), watch.isStream())) {
				return answer;
			}
			try {
				answer.hold(watch, rule);
			}
			catch (Throwable ex) {
				answer.close();
				throw ex;
			}
			CallOutcome outcome = watch.outcome();
			return (outcome != null && outcome.kind() != OutcomeKind.SUCCESS) ? failed(answer, outcome, settlement)
					: answer;
		}

		/** An answer that is an error is handed on if nothing better can come. */
		private GuardedAnswer failed(GuardedAnswer answer, CallOutcome outcome, Settlement settlement) {
			answer.ended(outcome);
			if (!settlement.attempt().holdRule().holds()) {
				return answer;
			}
			HttpCall.this.kept.add(answer);
			throw new KeptAnswerException(answer);
		}

		@Override
		public void leaving(Throwable error) {
			if (error instanceof KeptAnswerException held) {
				held.answer().detach();
			}
		}

	}

}
