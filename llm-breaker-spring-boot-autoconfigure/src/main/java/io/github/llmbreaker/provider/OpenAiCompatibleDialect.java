// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.util.List;

/**
 * Servers and gateways that speak as OpenAI does: vLLM, llama.cpp, TGI, LiteLLM and many
 * more.
 */
final class OpenAiCompatibleDialect extends BuiltInDialect {

	OpenAiCompatibleDialect() {
		super("openai-compatible", List.of(),
				OpenAiErrors.rules()
					.codes(Verdict.OVERLOADED, "overloaded")
					.codes(Verdict.SERVER_ERROR, "generation", "incomplete_generation"));
	}

}
