// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * xAI: the code is a sentence that stands for a gRPC status, the rest is text.
 */
final class XaiDialect extends BuiltInDialect {

	XaiDialect() {
		super("xai", List.of("api.x.ai", "*.api.x.ai"), rules());
	}

	private static ErrorRules rules() {
		return new ErrorRules().first(XaiDialect::first)
			.permissionsAreGlobal()
			.codes(Verdict.RATE_LIMITED, "Some resource has been exhausted")
			.codes(Verdict.PERMISSION, "The caller does not have permission to execute the specified operation")
			.codes(Verdict.AUTH, "The request does not have valid authentication credentials",
					"The request does not have valid authentication credentials for the operation")
			.codes(Verdict.OVERLOADED, "The service is currently unavailable")
			.codes(Verdict.TIMEOUT, "Deadline expired before operation could complete")
			.codes(Verdict.SERVER_ERROR, "Internal error", "Unknown error", "The operation was aborted",
					"Unrecoverable data loss or corruption")
			.codes(Verdict.CLIENT_ERROR, "Client specified an invalid argument", "The operation was cancelled",
					"The system is not in a state required for the operation's execution",
					"Operation was attempted past the valid range", "Operation is not implemented or not supported",
					"Some entity that we attempted to create already exists");
	}

	private static @Nullable Verdict first(ErrorFacts facts) {
		if (facts.says("used all available credits", "monthly spending limit", "have any credits",
				"purchase more credits")) {
			return Verdict.QUOTA;
		}
		if (facts.starts("incorrect api key", "invalid api key")) {
			return Verdict.AUTH;
		}
		if (facts.says("violates usage guidelines")) {
			return Verdict.CONTENT_FILTERED;
		}
		if (facts.hasCode("Some requested entity was not found")) {
			return facts.says("model") ? Verdict.MODEL_NOT_FOUND : Verdict.CLIENT_ERROR;
		}
		Verdict phrase = CommonErrors.phrase(facts);
		return (phrase != null) ? phrase : OpenAiErrors.first(facts);
	}

}
