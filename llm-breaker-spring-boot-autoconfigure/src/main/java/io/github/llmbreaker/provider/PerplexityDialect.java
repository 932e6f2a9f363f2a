// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.util.List;

/**
 * Perplexity.
 */
final class PerplexityDialect extends BuiltInDialect {

	PerplexityDialect() {
		super("perplexity", List.of("api.perplexity.ai"), OpenAiErrors.rules());
	}

}
