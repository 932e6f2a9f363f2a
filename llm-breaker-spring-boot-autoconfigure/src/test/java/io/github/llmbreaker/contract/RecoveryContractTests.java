// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.contract.Seen.End;
import io.github.llmbreaker.testing.FakeAnswer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that retries and fallbacks are the same on every client, whatever is limited or
 * held back: who asks gets one whole answer.
 */
class RecoveryContractTests {

	private static ContractApplication application;

	private static int number;

	@BeforeAll
	static void start() {
		Map<String, String> policies = new LinkedHashMap<>();
		Recovering.all().forEach((each) -> each.configure(policies));
		Hasty.configure(policies);
		application = new ContractApplication(policies);
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@TestFactory
	Stream<DynamicNode> callerGetsAWholeAnswer() {
		return Recovering.all()
			.stream()
			.map((policy) -> DynamicContainer.dynamicContainer(policy.policy(),
					Stream.of(FirstAttempt.values())
						.filter((first) -> first.isForAllLimits() || policy.limit().isEmpty())
						.map((first) -> node(policy, first))));
	}

	private static DynamicNode node(Recovering policy, FirstAttempt first) {
		return DynamicContainer.dynamicContainer(first.title(),
				application.clients()
					.stream()
					.map((client) -> ContractTest.of(client, first.reasonAgainst(client, policy),
							() -> checkAll(policy, first, client))));
	}

	private static void checkAll(Recovering policy, FirstAttempt first, ContractClient client) throws Exception {
		for (boolean stream : new boolean[] { false, true }) {
			for (Reading reading : List.of(Reading.WHOLE, Reading.PIECES)) {
				if (client.readings().contains(reading)) {
					Ask ask = Ask.of("openai", policy.policy() + "." + ++number, stream).read(reading, 0);
					check(policy, first, client, ask);
				}
			}
		}
	}

	private static void check(Recovering policy, FirstAttempt first, ContractClient client, Ask ask) throws Exception {
		boolean early = client.sight() == Sight.ITEMS && !policy.buffered();
		List<FakeAnswer> answers = first.answers(application.first().answers(), ask, early);
		application.first().script(ask.model(), answers, new CompletableFuture<>());
		if (first == FirstAttempt.IS_REJECTED) {
			application.breaker("openai", ask.model()).forceOpen(null);
		}
		Substitute substitute = Substitute.of(policy, first, ask);
		Seen seen = client.ask(ask);
		assertThat(seen.end()).as("%s: %s", ask, seen).isEqualTo(End.ANSWER);
		Answers answering = substitute.provider().answers();
		assertThat(seen.text()).as("%s", ask).isEqualTo(ask.stream() ? answering.stream() : answering.document());
		boolean again = first.isFailure() && !policy.isFallback();
		assertThat(application.first().requests(ask.model())).isEqualTo(answers.size() + (again ? 1 : 0));
		assertOutcomes(policy, first, client, ask);
		if (substitute.model() != null) {
			assertThat(substitute.provider().requests(substitute.model())).isEqualTo(1);
			assertThat(application.awaitKinds(substitute.model(), 1)).containsExactly(OutcomeKind.SUCCESS);
		}
	}

	private static void assertOutcomes(Recovering policy, FirstAttempt first, ContractClient client, Ask ask) {
		boolean succeeds = !first.isFailure() || !policy.isFallback();
		// what goes on inside of a guarded method is one call for its breakers
		boolean fails = !first.kinds().isEmpty() && !(succeeds && client.is(Trait.AROUND));
		List<OutcomeKind> kinds = application.awaitKinds(ask.model(), (fails ? 1 : 0) + (succeeds ? 1 : 0));
		if (fails) {
			assertThat(first.kinds()).contains(kinds.get(0));
		}
		if (succeeds) {
			assertThat(kinds).last().isEqualTo(OutcomeKind.SUCCESS);
		}
	}

	@TestFactory
	Stream<DynamicNode> firstErrorIsTheCallersIfEverythingFails() {
		return Recovering.all()
			.stream()
			.filter((policy) -> policy.limit().isEmpty())
			.map((policy) -> DynamicContainer.dynamicContainer(policy.policy(),
					application.clients()
						.stream()
						.map((client) -> ContractTest.of(client, policy.reasonAgainst(client),
								() -> checkFailure(policy, client)))));
	}

	private static void checkFailure(Recovering policy, ContractClient client) throws Exception {
		for (boolean stream : new boolean[] { false, true }) {
			Ask ask = Ask.of("openai", policy.policy() + "." + ++number, stream);
			FakeAnswer last = FakeAnswer.json(500, "{\"error\":{\"message\":\"last\"}}");
			String error = "{\"error\":{\"message\":\"first\"}}";
			application.first()
				.script(ask.model(), List.of(FakeAnswer.json(503, error), last), new CompletableFuture<>());
			Substitute substitute = Substitute.of(policy, FirstAttempt.FAILS, ask);
			if (substitute.model() != null) {
				substitute.provider().script(substitute.model(), List.of(last), new CompletableFuture<>());
			}
			Seen seen = client.ask(ask);
			assertThat(seen.end()).as("%s: %s", ask, seen).isEqualTo(End.STATUS);
			assertThat(seen.text()).isEqualTo(error);
			assertThat(application.first().requests(ask.model())).isEqualTo(policy.isFallback() ? 1 : 2);
			application.reset();
		}
	}

	@TestFactory
	Stream<DynamicNode> anotherModelAnswersForOneThatIsSilent() {
		return Stream.of(Hasty.values())
			.map((hasty) -> DynamicContainer.dynamicContainer(hasty.title(),
					application.clients()
						.stream()
						.map((client) -> ContractTest.of(client, hasty.reasonAgainst(client),
								() -> checkSilence(hasty, client)))));
	}

	private static void checkSilence(Hasty hasty, ContractClient client) throws Exception {
		Ask ask = Ask.of("openai", hasty.policy() + "." + ++number, hasty.isStream());
		Provider second = application.second();
		application.first()
			.script(ask.model(), List.of(hasty.answer(application.first().answers())), new CompletableFuture<>());
		application.forget(Recovering.SECOND_MODEL);
		second.script(Recovering.SECOND_MODEL, List.of(), new CompletableFuture<>());
		Seen seen = client.ask(ask);
		assertThat(seen.end()).as("%s: %s", ask, seen).isEqualTo(End.ANSWER);
		assertThat(seen.text()).isEqualTo(hasty.isStream() ? second.answers().stream() : second.answers().document());
		assertThat(application.awaitKinds(ask.model(), 1)).containsExactly(OutcomeKind.TIMEOUT);
		assertThat(application.awaitKinds(Recovering.SECOND_MODEL, 1)).containsExactly(OutcomeKind.SUCCESS);
	}

	/**
	 * Who has to answer, and what it was told to.
	 */
	private record Substitute(Provider provider, String model) {

		static Substitute of(Recovering policy, FirstAttempt first, Ask ask) {
			Substitute substitute = find(policy, first);
			if (substitute.model() != null) {
				application.forget(substitute.model());
				FakeAnswer good = substitute.provider().answers().good(ask.stream(), ask.reading() == Reading.PIECES);
				substitute.provider().script(substitute.model(), List.of(good), new CompletableFuture<>());
			}
			return substitute;
		}

		private static Substitute find(Recovering policy, FirstAttempt first) {
			if (!first.isFailure()) {
				return new Substitute(application.first(), null);
			}
			return switch (policy.way()) {
				case RETRY -> new Substitute(application.first(), null);
				case FALLBACK -> new Substitute(application.second(), Recovering.SECOND_MODEL);
				case SIBLING -> new Substitute(application.first(), Recovering.SIBLING);
			};
		}

	}

}
