// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.thrown;

import java.util.List;
import java.util.Set;

/**
 * Knows what libraries throw for an answer that had begun well, and then was cut or is no
 * JSON.
 * <p>
 * What a model writes is not the provider's fault: that a text which was asked for as
 * JSON is none says nothing about the service.
 */
final class BrokenAnswers {

	/** Thrown for nothing but answers that are not what they should be. */
	private static final Set<String> INVALID = Set.of("com.openai.errors.OpenAIInvalidDataException",
			"com.anthropic.errors.AnthropicInvalidDataException");

	/** How the message begins when they mean what the model wrote. */
	private static final List<String> WRITTEN = List.of("Error parsing JSON: ", "Unable to parse tool parameter JSON");

	/** Thrown while an answer is read. */
	private static final Set<String> READING = Set.of("org.springframework.core.codec.DecodingException",
			"org.springframework.http.converter.HttpMessageNotReadableException");

	/** Messages of exceptions that are thrown at other times, too. */
	private static final Set<String> READING_MESSAGES = Set.of("Stream failed",
			"Failed to read next JSON object from the stream", "Failed to read HTTP response.");

	/** Exceptions of these read what a provider sent, not what a model wrote. */
	private static final List<String> CLIENTS = List.of("org.springframework.core.codec.",
			"org.springframework.http.converter.", "org.springframework.web.client.",
			"org.springframework.web.reactive.", "org.springframework.ai.retry.", "com.google.genai.errors.",
			"dev.langchain4j.exception.LangChain4jException", "dev.langchain4j.http.");

	/** Code that throws exceptions without a type of its own when it reads an answer. */
	private static final List<String> CODECS = List.of("dev.langchain4j.model.", "dev.langchain4j.internal.",
			"dev.langchain4j.http.", "org.springframework.ai.model.");

	private static final Set<String> SYNTAX = Set.of("com.fasterxml.jackson.core.JsonParseException",
			"tools.jackson.core.exc.StreamReadException", "com.google.gson.stream.MalformedJsonException");

	private BrokenAnswers() {
	}

	/**
	 * Whether an answer had begun when this was thrown, so that a connection that failed
	 * has cut it.
	 */
	static boolean began(List<Throwable> chain) {
		return chain.stream().anyMatch(BrokenAnswers::isReading);
	}

	private static boolean isReading(Throwable link) {
		boolean message = link.getMessage() != null && READING_MESSAGES.contains(link.getMessage());
		return message || is(link, READING) || is(link, INVALID);
	}

	/**
	 * Whether this says that an answer is no JSON, or lacks what has to be there.
	 */
	static boolean isInvalid(List<Throwable> chain) {
		boolean client = false;
		for (Throwable link : chain) {
			if (link.getClass().getName().startsWith("dev.langchain4j.service.")) {
				return false;
			}
			if (is(link, INVALID)) {
				return !isWritten(link);
			}
			if (isSyntaxError(link)) {
				return client;
			}
			client |= isClient(link);
		}
		return false;
	}

	private static boolean isWritten(Throwable link) {
		String message = String.valueOf(link.getMessage());
		return WRITTEN.stream().anyMatch(message::startsWith);
	}

	/** Whether text is no JSON; that it does not fit a type is somebody else's fault. */
	private static boolean isSyntaxError(Throwable link) {
		return is(link, SYNTAX);
	}

	private static boolean isClient(Throwable link) {
		String name = link.getClass().getName();
		if (CLIENTS.stream().anyMatch(name::startsWith)) {
			return true;
		}
		StackTraceElement[] thrower = name.startsWith("java.") ? link.getStackTrace() : new StackTraceElement[0];
		return thrower.length > 0 && CODECS.stream().anyMatch(thrower[0].getClassName()::startsWith);
	}

	private static boolean is(Throwable link, Set<String> names) {
		for (Class<?> type = link.getClass(); type != null; type = type.getSuperclass()) {
			if (names.contains(type.getName())) {
				return true;
			}
		}
		return false;
	}

}
