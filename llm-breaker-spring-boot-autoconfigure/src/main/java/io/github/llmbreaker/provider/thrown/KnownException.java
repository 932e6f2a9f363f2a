// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.thrown;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import org.jspecify.annotations.Nullable;

/**
 * What exceptions of one class mean: a row of {@link KnownExceptions}, or all of its rows
 * that hold for a class.
 */
final class KnownException {

	private @Nullable Function<Throwable, TransportFault> fault;

	private @Nullable CallOutcome outcome;

	private @Nullable Function<Class<?>, AnswerReader> answer;

	private @Nullable AnswerReader reader;

	private final Map<Trait, List<String>> traits = new EnumMap<>(Trait.class);

	/** Something has gone wrong on the way to the provider or back. */
	KnownException fault(Function<Throwable, TransportFault> judge) {
		this.fault = judge;
		return this;
	}

	/** It carries an answer; how to read that depends on the class that declares it. */
	KnownException answer(Function<Class<?>, AnswerReader> factory) {
		this.answer = factory;
		return this;
	}

	/** It says by its type alone how the call ended, and that this counts. */
	KnownException counts(OutcomeKind kind, OutcomeScope scope) {
		this.outcome = new CallOutcome(kind, scope, true, null, null);
		return this;
	}

	/** It says by its type alone how the call ended, and that this is nobody's fault. */
	KnownException neutral(OutcomeKind kind) {
		this.outcome = new CallOutcome(kind, OutcomeScope.NONE, false, null, null);
		return this;
	}

	/**
	 * It has a trait.
	 * @param messages how its message begins then; none if the message does not matter
	 */
	KnownException is(Trait trait, String... messages) {
		this.traits.put(trait, List.of(messages));
		return this;
	}

	/** Adds what a row says about this class; what is said already stays. */
	void add(@Nullable KnownException row, Class<?> declaring) {
		if (row == null) {
			return;
		}
		this.fault = (this.fault != null) ? this.fault : row.fault;
		this.outcome = (this.outcome != null) ? this.outcome : row.outcome;
		if (this.reader == null && row.answer != null) {
			this.reader = row.answer.apply(declaring);
		}
		row.traits.forEach(this.traits::putIfAbsent);
	}

	/** The fault of the connection, {@code null} if it says nothing about that. */
	@Nullable TransportFault faultOf(Throwable failure) {
		return (this.fault != null) ? this.fault.apply(failure) : null;
	}

	/** The answer that it carries itself, {@code null} without one. */
	@Nullable ThrownAnswer answerOf(Throwable failure) {
		return (this.reader != null) ? this.reader.read(failure) : null;
	}

	boolean hasAnswer() {
		return this.answer != null;
	}

	/** How the call ended, {@code null} if the type alone does not say that. */
	@Nullable CallOutcome outcome() {
		return this.outcome;
	}

	boolean has(Trait trait, Throwable failure) {
		List<String> messages = this.traits.get(trait);
		return messages != null
				&& (messages.isEmpty() || messages.stream().anyMatch(String.valueOf(failure.getMessage())::startsWith));
	}

	/**
	 * What there is to know about an exception besides.
	 */
	enum Trait {

		/**
		 * About a database, a file or another thing that guarded code may use besides an
		 * LLM. Often the cause is from the network, which is not the provider's then.
		 */
		FOREIGN,

		/** Thrown while an answer is read, which has begun then. */
		READING,

		/** Thrown for nothing but answers that are not what they should be. */
		INVALID,

		/** About what the model wrote, which is not the provider's fault. */
		WRITTEN,

		/** Text is no JSON; that it does not fit a type is somebody else's fault. */
		SYNTAX,

		/** Thrown by what reads a provider's answers, not by what a model wrote. */
		CLIENT

	}

	/**
	 * Reads the answers that exceptions of one class carry.
	 */
	@FunctionalInterface
	interface AnswerReader {

		@Nullable ThrownAnswer read(Throwable failure);

	}

}
