// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.util.List;

/**
 * Together AI.
 */
final class TogetherDialect extends BuiltInDialect {

	TogetherDialect() {
		super("together", List.of("api.together.xyz", "api.together.ai"), OpenAiErrors.rules()
			// input and output together are too long
			.status(403, Verdict.CONTEXT_LENGTH)
			.status(529, Verdict.SERVER_ERROR));
	}

}
