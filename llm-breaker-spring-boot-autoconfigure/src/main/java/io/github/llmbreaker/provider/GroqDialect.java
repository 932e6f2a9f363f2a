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
 * Groq.
 */
final class GroqDialect extends BuiltInDialect {

	GroqDialect() {
		super("groq", List.of("api.groq.com"),
				new ErrorRules().first(GroqDialect::first).status(498, Verdict.OVERLOADED));
	}

	@Override
	public String basePath() {
		return "/openai/v1";
	}

	private static @Nullable Verdict first(ErrorFacts facts) {
		// a tool server of the caller, whatever it says
		return (facts.status() == 424) ? Verdict.CLIENT_ERROR : OpenAiErrors.first(facts);
	}

}
