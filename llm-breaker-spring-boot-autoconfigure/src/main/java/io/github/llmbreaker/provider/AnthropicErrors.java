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
 * How Anthropic reports errors, also through the clouds that serve its models.
 */
final class AnthropicErrors {

	private AnthropicErrors() {
	}

	/** Returns new rules, to be refined by others. */
	static ErrorRules rules() {
		return new ErrorRules().first(AnthropicErrors::first);
	}

	static @Nullable Verdict first(ErrorFacts facts) {
		if (!facts.hasCode("invalid_request_error")) {
			return null;
		}
		if (facts.starts("your credit balance is too low", "you have reached your specified")) {
			return Verdict.QUOTA;
		}
		if (facts.starts("this organization has been disabled")) {
			return Verdict.PERMISSION_ALL;
		}
		return facts.starts("output blocked by content filtering") ? Verdict.CONTENT_FILTERED : null;
	}

}
