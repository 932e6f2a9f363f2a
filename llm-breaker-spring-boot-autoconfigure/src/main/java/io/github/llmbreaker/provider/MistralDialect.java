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
