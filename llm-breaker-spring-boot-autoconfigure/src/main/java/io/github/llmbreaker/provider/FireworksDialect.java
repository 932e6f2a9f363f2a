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
 * Fireworks AI.
 */
final class FireworksDialect extends BuiltInDialect {

	FireworksDialect() {
		super("fireworks", List.of("api.fireworks.ai"),
				new ErrorRules().first(FireworksDialect::first)
					.status(403, Verdict.AUTH)
					.status(412, Verdict.QUOTA)
					.codes(Verdict.AUTH, "forbidden")
					.codes(Verdict.MODEL_NOT_FOUND, "NOT_FOUND"));
	}

	@Override
	public String basePath() {
		return "/inference/v1";
	}

	private static @Nullable Verdict first(ErrorFacts facts) {
		boolean adapter = facts.status() == 412 && facts.says("lora", "adapter", "addon");
		return adapter ? Verdict.CLIENT_ERROR : OpenAiErrors.first(facts);
	}

}
