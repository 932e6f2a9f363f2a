// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.util.List;

/**
 * OpenAI.
 */
final class OpenAiDialect extends BuiltInDialect {

	OpenAiDialect() {
		super("openai", List.of("api.openai.com"), OpenAiErrors.rules().codes(Verdict.AUTH, "invalid_organization"));
	}

}
