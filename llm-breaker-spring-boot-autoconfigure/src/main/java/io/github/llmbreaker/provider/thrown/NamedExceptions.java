// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.thrown;

import java.util.Map;
import java.util.Optional;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import org.jspecify.annotations.Nullable;

/**
 * The exceptions that say by their type alone how a call ended.
 */
final class NamedExceptions {

	private static final String LANGCHAIN4J = "dev.langchain4j.exception.";

	private static final String SPRING_AI = "org.springframework.ai.retry.";

	private static final String AWS = "software.amazon.awssdk.core.exception.";

	private static final Map<String, CallOutcome> OUTCOMES = Map.ofEntries(
			Map.entry(LANGCHAIN4J + "RateLimitException", model(OutcomeKind.RATE_LIMITED)),
			Map.entry(LANGCHAIN4J + "InternalServerException", model(OutcomeKind.SERVER_ERROR)),
			Map.entry(LANGCHAIN4J + "TimeoutException", model(OutcomeKind.TIMEOUT)),
			Map.entry(LANGCHAIN4J + "AuthenticationException", provider(OutcomeKind.AUTH)),
			Map.entry(LANGCHAIN4J + "UnresolvedModelServerException", provider(OutcomeKind.CONNECT_ERROR)),
			Map.entry(LANGCHAIN4J + "ModelNotFoundException", neutral(OutcomeKind.MODEL_NOT_FOUND)),
			Map.entry(LANGCHAIN4J + "ContentFilteredException", neutral(OutcomeKind.CONTENT_FILTERED)),
			Map.entry(LANGCHAIN4J + "InvalidRequestException", neutral(OutcomeKind.CLIENT_ERROR)),
			Map.entry(SPRING_AI + "TransientAiException", model(OutcomeKind.SERVER_ERROR)),
			Map.entry(SPRING_AI + "NonTransientAiException", neutral(OutcomeKind.CLIENT_ERROR)),
			Map.entry(AWS + "ApiCallTimeoutException", model(OutcomeKind.TIMEOUT)),
			Map.entry(AWS + "ApiCallAttemptTimeoutException", model(OutcomeKind.TIMEOUT)),
			Map.entry("com.openai.errors.OpenAIIoException", provider(OutcomeKind.CONNECT_ERROR)),
			Map.entry("com.anthropic.errors.AnthropicIoException", provider(OutcomeKind.CONNECT_ERROR)),
			Map.entry("com.google.genai.errors.GenAiIOException", provider(OutcomeKind.CONNECT_ERROR)));

	private static final ClassValue<Optional<CallOutcome>> FOUND = new ClassValue<>() {

		@Override
		protected Optional<CallOutcome> computeValue(Class<?> type) {
			for (Class<?> candidate = type; candidate != null; candidate = candidate.getSuperclass()) {
				CallOutcome outcome = OUTCOMES.get(candidate.getName());
				if (outcome != null) {
					return Optional.of(outcome);
				}
			}
			return Optional.empty();
		}

	};

	private NamedExceptions() {
	}

	static @Nullable CallOutcome find(Class<?> type) {
		return FOUND.get(type).orElse(null);
	}

	private static CallOutcome model(OutcomeKind kind) {
		return new CallOutcome(kind, OutcomeScope.MODEL, true, null, null);
	}

	private static CallOutcome provider(OutcomeKind kind) {
		return new CallOutcome(kind, OutcomeScope.PROVIDER, true, null, null);
	}

	private static CallOutcome neutral(OutcomeKind kind) {
		return new CallOutcome(kind, OutcomeScope.NONE, false, null, null);
	}

}
