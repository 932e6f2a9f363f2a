// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.thrown;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Keeps what is read of exceptions in a native image: their getters, and those of the
 * headers and bodies that they hold.
 */
final class ThrownAnswerHints implements RuntimeHintsRegistrar {

	private static final List<String> HELD = List.of("com.openai.core.http.Headers", "com.openai.core.JsonValue",
			"com.anthropic.core.http.Headers", "com.anthropic.core.JsonValue",
			"com.fasterxml.jackson.databind.JsonNode", "org.springframework.http.HttpHeaders",
			"org.springframework.http.HttpStatus", "org.springframework.http.DefaultHttpStatusCode",
			"org.springframework.http.ReadOnlyHttpHeaders", "software.amazon.awssdk.awscore.exception.AwsErrorDetails",
			"software.amazon.awssdk.http.DefaultSdkHttpFullResponse");

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		KnownExceptions.answering().forEach((name) -> register(hints, classLoader, name));
		HELD.forEach((name) -> register(hints, classLoader, name));
	}

	private static void register(RuntimeHints hints, @Nullable ClassLoader classLoader, String name) {
		hints.reflection().registerTypeIfPresent(classLoader, name, MemberCategory.INVOKE_PUBLIC_METHODS);
	}

}
