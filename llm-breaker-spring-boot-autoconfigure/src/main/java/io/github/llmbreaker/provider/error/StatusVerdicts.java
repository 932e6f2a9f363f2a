// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

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
