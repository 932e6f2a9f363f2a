// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.util.List;

/**
 * Mistral: flat errors with numbers for codes.
 */
final class MistralDialect extends BuiltInDialect {

	MistralDialect() {
		super("mistral", List.of("api.mistral.ai", "codestral.mistral.ai"),
				OpenAiErrors.rules()
					.codes(Verdict.RATE_LIMITED, "1300")
					.codes(Verdict.OVERLOADED, "3505", "3800", "3810")
					.codes(Verdict.MODEL_NOT_FOUND, "1500")
					.codes(Verdict.CONTEXT_LENGTH, "3051")
					.codes(Verdict.SERVER_ERROR, "3000"));
	}

}
