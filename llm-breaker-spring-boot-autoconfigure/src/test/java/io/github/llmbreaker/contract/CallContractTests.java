// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmBreaker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that one call is the same on every client: what its caller sees, what the
 * breakers and listeners are told, and that it gives its place back. Each call is the
 * only probe that its half-open breakers admit.
 */
class CallContractTests {

	private static ContractApplication application;

	private static int number;

	@BeforeAll
	static void start() {
		Map<String, String> policies = new LinkedHashMap<>();
		for (String limit : List.of("response", "first-token", "idle", "total")) {
			policies.put(limit + ".models", limit + ".*");
			policies.put(limit + "." + limit + "-timeout", "60ms");
		}
		// long enough for the next call to be answered on a busy machine
		policies.put("total.total-timeout", "150ms");
		// long enough for the head to come
		policies.put("total-error.models", "total-error.*");
		policies.put("total-error.total-timeout", "400ms");
		// long enough for all that is said to come
		policies.put("settled-idle.models", "settled-idle.*");
		policies.put("settled-idle.idle-timeout", "200ms");
		policies.put("settled-total.models", "settled-total.*");
		policies.put("settled-total.total-timeout", "400ms");
		policies.put("patient.models", "patient.*");
		policies.put("patient.total-timeout", "1m");
		application = new ContractApplication(policies);
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	/** The application has a listener that throws, in all cases. */
	@TestFactory
	Stream<DynamicNode> completeAnswersArrive() {
		return nodes(cases().completeAnswers());
	}

	@TestFactory
	Stream<DynamicNode> answersThatAreNotWhatTheyShouldBeArrive() {
		return nodes(cases().oddAnswers());
	}

	@TestFactory
	Stream<DynamicNode> errorsArriveAsTheyAre() {
		return nodes(cases().errors());
	}

	@TestFactory
	Stream<DynamicNode> brokenConnectionsAreSeen() {
		return nodes(cases().brokenConnections());
	}

	@TestFactory
	Stream<DynamicNode> callersCanLeaveAtAnyTime() {
		return nodes(cases().callersWhoLeave());
	}

	@TestFactory
	Stream<DynamicNode> timeLimitsHold() {
		return nodes(cases().timeouts());
	}

	@TestFactory
	Stream<DynamicNode> streamsThatHaveSaidEverythingEnd() {
		return nodes(cases().settledStreams());
	}

	@TestFactory
	Stream<DynamicNode> bugsOfOthersBreakNothing() {
		return nodes(cases().bugsOfOthers());
	}

	@TestFactory
	Stream<DynamicNode> openBreakersRejectWithoutARequest() {
		return application.clients().stream().map((client) -> DynamicTest.dynamicTest(client.name(), () -> {
			for (boolean stream : new boolean[] { false, true }) {
				Ask ask = Ask.of("openai", "open." + ++number, stream);
				application.first().script(ask.model(), List.of(), ask.arrived());
				application.breaker("openai", ask.model()).forceOpen(null);
				Seen seen = client.ask(ask);
				assertThat(seen.end()).as("%s", seen).isEqualTo(Seen.End.REJECTED);
				assertThat(application.first().requests(ask.model())).isZero();
				application.breaker("openai", ask.model()).reset();
				assertThat(client.ask(ask).end()).isEqualTo(Seen.End.ANSWER);
				application.awaitOutcomes(ask.model(), 1);
			}
		}));
	}

	private static Cases cases() {
		return new Cases(application.first().answers());
	}

	private static Stream<DynamicNode> nodes(List<Case> cases) {
		return cases.stream()
			.map((each) -> DynamicContainer.dynamicContainer(each.name(),
					application.clients().stream().map((client) -> node(each, client))));
	}

	private static DynamicNode node(Case each, ContractClient client) {
		return ContractTest.of(client, each.reasonAgainst(client), () -> check(each, client));
	}

	private static void check(Case each, ContractClient client) throws Exception {
		Ask ask = each.ask(each.policy() + "." + ++number);
		String model = ask.model();
		application.forget(model);
		application.first()
			.script(model, each.answers(),
					(ask.reading() == Reading.NOTHING) ? ask.arrived() : new CompletableFuture<>());
		LlmBreaker breaker = halfOpen(application.breaker(ask.provider(), model));
		LlmBreaker provider = halfOpen(application.find(ask.provider()));
		try {
			Seen seen = client.ask(ask);
			assertSeen(seen, each.shown(client));
			if (seen.end() != Seen.End.TIMEOUT) {
				// a limit may be over before the request is there
				assertThat(application.first().requests(model)).isEqualTo(each.requests());
			}
			CallOutcome outcome = application.awaitOutcomes(model, 1).get(0);
			assertThat(each.kinds(client)).contains(outcome.kind());
			assertThat(outcome.retryAfter()).isEqualTo(each.retryAfter());
			if (breaker.state() == BreakerState.OPEN || provider.state() == BreakerState.OPEN) {
				assertThat(outcome.countsAsFailure()).isTrue();
			}
			else {
				assertPlaceIsFree(ask, client, breaker);
			}
		}
		finally {
			provider.reset();
		}
	}

	private static void assertSeen(Seen seen, Case.Shown expected) {
		assertThat(seen.end()).as("%s", seen).isEqualTo(expected.end());
		assertThat(seen.status()).isEqualTo(expected.status());
		if (expected.text() != null) {
			assertThat(seen.text()).isEqualTo(expected.text());
		}
	}

	private static LlmBreaker halfOpen(LlmBreaker breaker) {
		breaker.forceOpen(null);
		breaker.halfOpen();
		return breaker;
	}

	/** The next call is admitted, and nothing of the one before comes late. */
	private static void assertPlaceIsFree(Ask before, ContractClient client, LlmBreaker breaker) throws Exception {
		Ask next = before.model().isEmpty() ? before : Ask.of(before.provider(), before.model(), before.stream());
		Seen seen = client.ask(next);
		assertThat(seen.end()).as("the next call: %s", seen).isEqualTo(Seen.End.ANSWER);
		application.awaitOutcomes(before.model(), 2);
		assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
	}

}
