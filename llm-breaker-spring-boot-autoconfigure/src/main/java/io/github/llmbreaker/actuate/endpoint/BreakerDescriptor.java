// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.actuate.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerEvent;
import io.github.llmbreaker.breaker.BreakerPolicy;
import io.github.llmbreaker.breaker.BreakerSnapshot;
import io.github.llmbreaker.breaker.OpeningDecision;
import io.github.llmbreaker.breaker.OpeningStrategy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint says about one breaker. Times and durations are texts in ISO format,
 * so that they look the same whatever writes the JSON.
 *
 * @param scope whether it is a model's or a provider's
 * @param provider the provider's id
 * @param partition the partition of the provider in its name; {@code null} if there is
 * none
 * @param endpoint the endpoint in its name; {@code null} if there is none
 * @param model the model in its name; {@code null} if there is none
 * @param state its state
 * @param stateSince since when
 * @param remainingCooldownMillis how long calls will still be rejected, rounded up
 * @param openedBy the kind that opened it; {@code null} while closed or if opened by hand
 * @param trips how often it opened by itself
 * @param policy the name of its policy
 * @param calls what became of all calls so far
 * @param window the calls in the window, percentages with one decimal
 * @param failures counted failures so far by kind
 * @param lastFailure the last counted failure; {@code null} if there was none
 * @param settings the policy's main settings
 * @param cause why it lets nothing through, in one sentence; {@code null} while closed
 * @param spared what its rejections have saved so far
 * @param why the failures that opened it, oldest first, the last failed probe at the end;
 * {@code null} in the list of all breakers
 * @param events the last things that happened, oldest first; {@code null} in the list of
 * all breakers
 * @param history its last hour; {@code null} in the list of all breakers
 * @param decision what its rule opened it for; {@code null} in the list of all breakers,
 * and if none did
 * @since 0.1.0
 */
public record BreakerDescriptor(OutcomeScope scope, String provider, @Nullable String partition,
		@Nullable String endpoint, @Nullable String model, BreakerState state, String stateSince,
		long remainingCooldownMillis, @Nullable OutcomeKind openedBy, long trips, String policy,
		BreakerSnapshot.Calls calls, BreakerSnapshot.Window window, Map<OutcomeKind, Long> failures,
		@Nullable Failure lastFailure, Settings settings, @Nullable String cause, Spared spared,
		@Nullable List<Reason> why, @Nullable List<Event> events, @Nullable HistoryDescriptor history,
		@Nullable Decision decision) implements OperationResponseBody {

	static BreakerDescriptor of(Breaker breaker) {
		return of(breaker, null, null, null, null);
	}

	static BreakerDescriptor withDetails(Breaker breaker, TimelineBreakerListener timelines) {
		return of(breaker, breaker.why().stream().map(Reason::of).toList(),
				breaker.events().stream().map(Event::of).toList(),
				HistoryDescriptor.of(timelines.get(breaker), timelines.now()), Decision.of(breaker.decision()));
	}

	private static BreakerDescriptor of(Breaker breaker, @Nullable List<Reason> why, @Nullable List<Event> events,
			@Nullable HistoryDescriptor history, @Nullable Decision decision) {
		BreakerSnapshot snapshot = breaker.snapshot();
		return new BreakerDescriptor(breaker.scope(), breaker.provider(), breaker.partition(), breaker.endpoint(),
				breaker.model(), snapshot.state(), text(snapshot.stateSince()),
				millisRoundedUp(snapshot.remainingCooldown()), snapshot.openedBy(), snapshot.trips(),
				breaker.policy().name(), snapshot.calls(), rounded(snapshot.window()), snapshot.failures(),
				Failure.of(snapshot.lastFailure()), Settings.of(breaker.policy()), breaker.cause(),
				Spared.of(breaker.spared()), why, events, history, decision);
	}

	static String text(Instant instant) {
		return instant.truncatedTo(ChronoUnit.MILLIS).toString();
	}

	private static @Nullable Long waitOf(BreakerEvent event) {
		Duration wait = event.retryAfter();
		return (wait != null) ? Long.valueOf(millisRoundedUp(wait)) : null;
	}

	private static long millisRoundedUp(Duration duration) {
		return duration.plusNanos(999_999).toMillis();
	}

	private static BreakerSnapshot.Window rounded(BreakerSnapshot.Window window) {
		return new BreakerSnapshot.Window(window.calls(), window.failures(), oneDecimal(window.failureRate()),
				oneDecimal(window.slowCallRate()));
	}

	private static double oneDecimal(double value) {
		return Math.round(value * 10) / 10.0;
	}

	/**
	 * A counted failure.
	 *
	 * @param kind its kind
	 * @param status its HTTP status; {@code null} if it had none
	 * @param at when
	 * @since 0.1.0
	 */
	public record Failure(OutcomeKind kind, @Nullable Integer status, String at) {

		static @Nullable Failure of(BreakerSnapshot.@Nullable Failure failure) {
			return (failure != null) ? new Failure(failure.kind(), failure.status(), text(failure.at())) : null;
		}

	}

	/**
	 * A failure that opened it.
	 *
	 * @param at when
	 * @param kind its kind
	 * @param status its HTTP status; {@code null} if it had none
	 * @param retryAfterMillis the wait the provider asked for; {@code null} if it did not
	 * @since 0.1.0
	 */
	public record Reason(String at, @Nullable OutcomeKind kind, @Nullable Integer status,
			@Nullable Long retryAfterMillis) {

		static Reason of(BreakerEvent failure) {
			return new Reason(text(failure.at()), failure.kind(), failure.status(), waitOf(failure));
		}

	}

	/**
	 * What rejections have saved.
	 *
	 * @param calls calls that were not made
	 * @param millis time that was not waited for their failure
	 * @since 0.1.0
	 */
	public record Spared(long calls, long millis) {

		static Spared of(BreakerSnapshot.Spared spared) {
			return new Spared(spared.calls(), spared.time().toMillis());
		}

	}

	/**
	 * The main settings of a policy.
	 *
	 * @param failureThreshold this many counted failures inside the window open
	 * @param window the sliding window; zero: consecutive failures
	 * @param failureRateThreshold least percentage of failures in the window; 0 is off
	 * @param cooldown how long it stays open
	 * @param maxCooldown how long it stays open at most
	 * @param halfOpenCalls how many probes are admitted
	 * @since 0.1.0
	 */
	public record Settings(int failureThreshold, String window, double failureRateThreshold, String cooldown,
			String maxCooldown, int halfOpenCalls) {

		static Settings of(BreakerPolicy policy) {
			return new Settings(policy.failureThreshold(), policy.window().toString(), policy.failureRateThreshold(),
					policy.cooldown().base().toString(), policy.cooldown().max().toString(), policy.halfOpen().calls());
		}

	}

	/**
	 * Something that happened to a breaker.
	 *
	 * @param at when
	 * @param type what
	 * @param from the state before, of a state change
	 * @param to the state after, of a state change
	 * @param kind the kind of the failure, if one was involved
	 * @param status the HTTP status of the failure, if it had one
	 * @param retryAfterMillis the wait the provider asked for, if it did
	 * @since 0.1.0
	 */
	public record Event(String at, BreakerEvent.Type type, @Nullable BreakerState from, @Nullable BreakerState to,
			@Nullable OutcomeKind kind, @Nullable Integer status, @Nullable Long retryAfterMillis) {

		static Event of(BreakerEvent event) {
			return new Event(text(event.at()), event.type(), event.from(), event.to(), event.kind(), event.status(),
					waitOf(event));
		}

	}

	/**
	 * What a rule opened a breaker for.
	 *
	 * @param rule the rule
	 * @param since when the first of the calls began that were judged
	 * @param failures how many of them failed
	 * @param calls how many began, running ones included
	 * @param proofs how many had given a proof of life
	 * @param evidence how strongly they spoke for a dead model; {@code null} if the rule
	 * does not weigh
	 * @param bar how much evidence was needed; {@code null} if the rule does not weigh
	 * @since 0.1.0
	 */
	public record Decision(OpeningStrategy rule, String since, int failures, int calls, int proofs,
			@Nullable Double evidence, @Nullable Double bar) {

		static @Nullable Decision of(@Nullable OpeningDecision decision) {
			return (decision != null) ? new Decision(decision.rule(), text(decision.since()), decision.failures(),
					decision.calls(), decision.proofs(), rounded(decision.evidence()), rounded(decision.bar())) : null;
		}

		private static @Nullable Double rounded(@Nullable Double value) {
			return (value != null) ? oneDecimal(value) : null;
		}

	}

}
