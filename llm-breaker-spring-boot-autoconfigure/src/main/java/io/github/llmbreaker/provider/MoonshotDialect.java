// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.util.List;

/**
 * Moonshot AI.
 */
final class MoonshotDialect extends BuiltInDialect {

	MoonshotDialect() {
		super("moonshot", List.of("api.moonshot.ai", "api.moonshot.cn"), OpenAiErrors.rules());
	}

}
