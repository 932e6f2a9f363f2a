// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.thrown;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CancellationException;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.provider.AnswerHead;
import io.github.llmbreaker.provider.BodyObserver;
import io.github.llmbreaker.provider.ErrorAnswer;
import io.github.llmbreaker.provider.HeaderLookup;
import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.error.RetryAdvice;
import io.github.llmbreaker.provider.error.Verdict;
import io.github.llmbreaker.provider.thrown.KnownException.Trait;

/**
 * Judges what clients and vendors' libraries throw like the answer behind it, without
 * depending on any of them.
 * <p>
 * Exceptions that carry status, headers or body of an answer are judged by the dialect of
 * the target's provider. Those that come from the network are judged as such, and those
 * for an answer that is no JSON as the answer itself would be: a stream error. All others
 * are the application's own business and say nothing about the provider.
 *
 * @since 0.1.0
 */
public final class ClientFailures {

	private static final int FIRST_ERROR_STATUS = 400;

	private static final CallOutcome STREAM_ERROR = Verdict.STREAM_ERROR.toOutcome(null, null);

	private static final CallOutcome CANCELLED = Verdict.CANCELLED.toOutcome(null, null);

	private static final CallOutcome LOCAL = Verdict.CLIENT_ERROR.toOutcome(null, null);

	private final LlmProviders providers;

	private final InstantSource clock;

	public ClientFailures(LlmProviders providers, InstantSource clock) {
		this.providers = providers;
		this.clock = clock;
	}

	/** Judges an exception that came instead of an answer. */
	public CallOutcome classify(Throwable failure, LlmTarget target) {
		return classify(failure, target, false);
	}

	/**
	 * Judges an exception.
	 * @param failure what was thrown; its causes are looked at, too
	 * @param target what was called
	 * @param started whether something of the answer was there already, so that a
	 * connection that fails has cut it
	 */
	public CallOutcome classify(Throwable failure, LlmTarget target, boolean started) {
		List<Throwable> chain = TransportFailures.chain(failure);
		for (Throwable link : chain) {
			if (link instanceof InterruptedException || link instanceof CancellationException) {
				return CANCELLED;
			}
			KnownException known = KnownExceptions.of(link);
			// a breaker further inside has rejected it: no news about the provider
			if (link instanceof LlmCallRejectedException || known.has(Trait.FOREIGN, link)) {
				return LOCAL;
			}
			ThrownAnswer answer = known.answerOf(link);
			if (answer != null) {
				return judge(answer, chain, target);
			}
		}
		return judgeWithoutAnswer(chain, started || BrokenAnswers.began(chain));
	}

	/** Whether an answer behind it says that the same request is of no use. */
	public static boolean isAgainstRetry(Throwable failure) {
		for (Throwable link : TransportFailures.chain(failure)) {
			ThrownAnswer answer = KnownExceptions.of(link).answerOf(link);
			if (answer != null) {
				return RetryAdvice.isAgainst(answer.headers());
			}
		}
		return false;
	}

	private static CallOutcome judgeWithoutAnswer(List<Throwable> chain, boolean started) {
		CallOutcome outcome = TransportFailures.classify(chain, started, null);
		if (outcome.kind() != OutcomeKind.CLIENT_ERROR) {
			return outcome;
		}
		if (BrokenAnswers.isInvalid(chain)) {
			return STREAM_ERROR;
		}
		for (Throwable link : chain) {
			CallOutcome named = KnownExceptions.of(link).outcome();
			if (named != null) {
				return (named.kind() == OutcomeKind.CONNECT_ERROR) ? io(chain, named, started) : named;
			}
		}
		return outcome;
	}

	/**
	 * Judges exceptions of libraries that are about I/O of any kind, also about JSON that
	 * the application wanted to send.
	 */
	private static CallOutcome io(List<Throwable> chain, CallOutcome named, boolean started) {
		if (chain.stream().anyMatch((link) -> TransportFailures.fault(link) == TransportFault.DECODING)) {
			return LOCAL;
		}
		return started ? STREAM_ERROR : named;
	}

	private CallOutcome judge(ThrownAnswer answer, List<Throwable> chain, LlmTarget target) {
		LlmDialect dialect = this.providers.dialect(target.provider()).orElse(null);
		AnswerHead head = new AnswerHead((target.endpoint() != null) ? target.endpoint() : answer.endpoint(),
				target.model(), answer.status(), answer.headers(), this.clock);
		if (dialect == null) {
			return interrupted(chain, answer.status());
		}
		if (answer.status() >= FIRST_ERROR_STATUS) {
			return dialect.classify(new ErrorAnswer(head, answer.body()));
		}
		return (answer.body().length > 0) ? reportedInside(dialect, head, answer.body())
				: interrupted(chain, answer.status());
	}

	private static CallOutcome interrupted(List<Throwable> chain, int status) {
		return BrokenAnswers.isInvalid(chain) ? streamError(status) : TransportFailures.classify(chain, true, status);
	}

	private static CallOutcome streamError(int status) {
		return Verdict.STREAM_ERROR.toOutcome(null, status);
	}

	/**
	 * Judges an error that was reported inside an answer that began well. What the
	 * exception has of it is one document, whatever the answer was.
	 */
	private static CallOutcome reportedInside(LlmDialect dialect, AnswerHead head, byte[] body) {
		HeaderLookup json = (name) -> name.equalsIgnoreCase("content-type") ? "application/json"
				: head.headers().first(name);
		BodyObserver observer = dialect
			.observe(new AnswerHead(head.endpoint(), head.model(), head.status(), json, head.clock()));
		observer.onChunk(ByteBuffer.wrap(body));
		CallOutcome outcome = observer.outcome();
		boolean specific = outcome.kind() != OutcomeKind.SUCCESS && outcome.kind() != OutcomeKind.SERVER_ERROR;
		return specific ? outcome : streamError(head.status());
	}

}
