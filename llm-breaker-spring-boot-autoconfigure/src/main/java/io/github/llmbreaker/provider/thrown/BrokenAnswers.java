// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.thrown;

import java.util.List;

import io.github.llmbreaker.provider.thrown.KnownException.Trait;

/**
 * Tells from exceptions whether an answer had begun well, and then was cut or is no JSON.
 * <p>
 * What a model writes is not the provider's fault: that a text which was asked for as
 * JSON is none says nothing about the service.
 */
final class BrokenAnswers {

	/** Code that throws exceptions without a type of its own when it reads an answer. */
	private static final List<String> CODECS = List.of("dev.langchain4j.model.", "dev.langchain4j.internal.",
			"dev.langchain4j.http.", "org.springframework.ai.model.");

	private BrokenAnswers() {
	}

	/**
	 * Whether an answer had begun when this was thrown, so that a connection that failed
	 * has cut it.
	 */
	static boolean began(List<Throwable> chain) {
		return chain.stream().anyMatch((link) -> KnownExceptions.of(link).has(Trait.READING, link));
	}

	/** Whether this says that an answer is no JSON, or lacks what has to be there. */
	static boolean isInvalid(List<Throwable> chain) {
		boolean client = false;
		for (Throwable link : chain) {
			KnownException known = KnownExceptions.of(link);
			if (known.has(Trait.WRITTEN, link)) {
				return false;
			}
			if (known.has(Trait.INVALID, link)) {
				return true;
			}
			if (known.has(Trait.SYNTAX, link)) {
				return client;
			}
			client |= known.has(Trait.CLIENT, link) || isOfCodec(link);
		}
		return false;
	}

	private static boolean isOfCodec(Throwable link) {
		boolean plain = link.getClass().getName().startsWith("java.");
		StackTraceElement[] thrower = plain ? link.getStackTrace() : new StackTraceElement[0];
		return thrower.length > 0 && CODECS.stream().anyMatch(thrower[0].getClassName()::startsWith);
	}

}
