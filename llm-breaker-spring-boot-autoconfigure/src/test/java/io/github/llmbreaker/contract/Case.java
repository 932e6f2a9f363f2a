// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.contract.Seen.End;
import io.github.llmbreaker.testing.FakeAnswer;
import org.jspecify.annotations.Nullable;

/**
 * What a provider does, and what caller and breaker are to make of it on every client.
 */
final class Case {

	private final String name;

	private final boolean stream;

	private final List<FakeAnswer> answers = new ArrayList<>();

	private final Map<Predicate<ContractClient>, String> reasons = new LinkedHashMap<>();

	private final Map<Predicate<ContractClient>, Set<OutcomeKind>> otherKinds = new LinkedHashMap<>();

	private final Map<Predicate<ContractClient>, Shown> otherViews = new LinkedHashMap<>();

	private UnaryOperator<Ask> asking = UnaryOperator.identity();

	private String policy = "plain";

	private String provider = "openai";

	private Set<OutcomeKind> kinds = Set.of(OutcomeKind.SUCCESS);

	private @Nullable Duration retryAfter;

	private Shown shown = new Shown(End.ANSWER, 0, null);

	private Case(String name, boolean stream) {
		this.name = name;
		this.stream = stream;
	}

	static Case document(String name, FakeAnswer... answers) {
		return new Case(name, false).answers(answers);
	}

	static Case stream(String name, FakeAnswer... answers) {
		return new Case(name, true).answers(answers);
	}

	private Case answers(FakeAnswer... scripted) {
		this.answers.addAll(List.of(scripted));
		return this;
	}

	Case asking(UnaryOperator<Ask> change) {
		this.asking = change;
		return this;
	}

	Case reading(Reading reading, int bytes) {
		return asking((ask) -> ask.read(reading, bytes));
	}

	/**
	 * How the model's name begins, which chooses the policy.
	 */
	Case policy(String beginning) {
		this.policy = beginning;
		return this;
	}

	Case provider(String id) {
		this.provider = id;
		return this;
	}

	/**
	 * What the caller sees.
	 */
	Case shows(End end, String text) {
		this.shown = new Shown(end, 0, text);
		return this;
	}

	Case shows(End end) {
		this.shown = new Shown(end, 0, null);
		return this;
	}

	Case shows(int status, String text) {
		this.shown = new Shown(End.STATUS, status, text);
		return this;
	}

	Case shows(int status) {
		this.shown = new Shown(End.STATUS, status, null);
		return this;
	}

	/**
	 * What the caller of some clients sees, guarded or not.
	 */
	Case butShows(Shown other, Predicate<ContractClient> clients) {
		this.otherViews.put(clients, other);
		return this;
	}

	/**
	 * What the breakers and listeners see.
	 */
	Case is(OutcomeKind... expected) {
		this.kinds = Set.of(expected);
		return this;
	}

	/**
	 * How long the provider asks to wait.
	 */
	Case waits(Duration expected) {
		this.retryAfter = expected;
		return this;
	}

	Case but(OutcomeKind other, Predicate<ContractClient> clients) {
		this.otherKinds.put(clients, Set.of(other));
		return this;
	}

	Case notFor(Predicate<ContractClient> clients, String reason) {
		this.reasons.put(clients, reason);
		return this;
	}

	/**
	 * Why a client cannot have this case.
	 * @return the reason; {@code null} if it can
	 */
	@Nullable String reasonAgainst(ContractClient client) {
		Reading reading = ask("").reading();
		if (!client.readings().contains(reading)) {
			return "its callers cannot " + reading.action();
		}
		return other(this.reasons, client, null);
	}

	Ask ask(String model) {
		return this.asking.apply(Ask.of(this.provider, model, this.stream));
	}

	String name() {
		return this.name;
	}

	String policy() {
		return this.policy;
	}

	List<FakeAnswer> answers() {
		return this.answers;
	}

	/**
	 * How many requests reach the provider.
	 */
	int requests() {
		return Math.min(1, this.answers.size());
	}

	Set<OutcomeKind> kinds(ContractClient client) {
		return other(this.otherKinds, client, this.kinds);
	}

	@Nullable Duration retryAfter() {
		return this.retryAfter;
	}

	Shown shown(ContractClient client) {
		return other(this.otherViews, client, this.shown);
	}

	private static <T> T other(Map<Predicate<ContractClient>, T> others, ContractClient client, T usual) {
		return others.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().test(client))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(usual);
	}

	/**
	 * What a caller is to see.
	 *
	 * @param end how the call ends
	 * @param status the status of an error; 0 for none
	 * @param text what has arrived; {@code null} if that does not matter
	 */
	record Shown(End end, int status, @Nullable String text) {
	}

}
