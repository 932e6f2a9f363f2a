/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.llmbreaker.provider;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * DeepSeek: its codes say little, status and message decide.
 */
final class DeepSeekDialect extends BuiltInDialect {

	DeepSeekDialect() {
		super("deepseek", List.of("api.deepseek.com"), new ErrorRules().first(DeepSeekDialect::first));
	}

	private static @Nullable Verdict first(ErrorFacts facts) {
		if (facts.starts("content exists risk")) {
			return Verdict.CONTENT_FILTERED;
		}
		if (facts.starts("insufficient balance")) {
			return Verdict.QUOTA;
		}
		return facts.starts("model not exist") ? Verdict.MODEL_NOT_FOUND : OpenAiErrors.first(facts);
	}

}
