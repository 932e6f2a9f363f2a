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

/**
 * What an HTTP status means where neither the body nor the provider says more.
 */
final class StatusVerdicts {

	private StatusVerdicts() {
	}

	/**
	 * Judges a status.
	 * @param status any number, also one outside the registered ones
	 * @return the verdict
	 */
	static Verdict of(int status) {
		return switch (status) {
			case 401, 407, 511 -> Verdict.AUTH;
			case 402 -> Verdict.QUOTA;
			case 403 -> Verdict.PERMISSION;
			case 408, 504, 522, 524, 598, 599 -> Verdict.TIMEOUT;
			case 425, 503, 529 -> Verdict.OVERLOADED;
			case 429 -> Verdict.RATE_LIMITED;
			case 501, 505 -> Verdict.CLIENT_ERROR;
			default -> (status >= 300 && status < 500) ? Verdict.CLIENT_ERROR : Verdict.SERVER_ERROR;
		};
	}

}
