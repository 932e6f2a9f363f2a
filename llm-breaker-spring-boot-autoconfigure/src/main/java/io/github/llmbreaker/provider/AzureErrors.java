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

import org.jspecify.annotations.Nullable;

/**
 * How Azure reports errors: OpenAI's and Anthropic's models, and the gateway in front.
 */
final class AzureErrors {

	private AzureErrors() {
	}

	/** Returns new rules for errors in the manner of Azure. */
	static ErrorRules rules() {
		return new ErrorRules().first(AzureErrors::first)
			.permissionsAreGlobal()
			.codes(Verdict.QUOTA, "QuotaExceeded")
			.codes(Verdict.OVERLOADED, "NoCapacity", "ServerBusy")
			.codes(Verdict.TIMEOUT, "RequestTimeout", "Timeout", "OperationTimeout");
	}

	private static @Nullable Verdict first(ErrorFacts facts) {
		return switch (facts.status()) {
			case 429 -> tooMany(facts);
			default -> AnthropicErrors.first(facts);
		};
	}

	private static @Nullable Verdict tooMany(ErrorFacts facts) {
		if (facts.says("byday ", "byday.", "per 86400s")) {
			return Verdict.MODEL_QUOTA;
		}
		if (facts.says("experiencing high demand")) {
			return Verdict.OVERLOADED;
		}
		return OpenAiErrors.first(facts);
	}

}
