// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import io.github.llmbreaker.OutcomeKind;
import org.jspecify.annotations.Nullable;

/**
 * What errors have in common whoever reports them.
 *
 * @since 0.1.0
 */
public final class CommonErrors {

	private CommonErrors() {
	}

	/** Judges answers of proxies and networks before the API. */
	static @Nullable Verdict edge(ErrorFacts facts) {
		if (isRedirect(facts.status())) {
			return Verdict.CONNECT_ERROR;
		}
		if (facts.status() == 403 && facts.starts("out of call volume quota")) {
			return Verdict.QUOTA;
		}
		boolean edge = facts.isPage() || facts.has("cloudflare_error");
		if (facts.status() == 403 && (edge || facts.header("cf-mitigated") != null)) {
			return Verdict.PERMISSION_ALL;
		}
		boolean cloudflare = facts.has("cloudflare_error") || facts.pageSays("cloudflare")
				|| facts.pageSays("error code: 10") || "cloudflare".equalsIgnoreCase(facts.header("server"));
		if (facts.status() == 429 && edge && cloudflare) {
			return Verdict.RATE_LIMITED_ALL;
		}
		return null;
	}

	/** Something in between sends questions elsewhere, whatever its page says. */
	private static boolean isRedirect(int status) {
		return switch (status) {
			case 301, 302, 303, 307, 308 -> true;
			default -> false;
		};
	}

	/** Whether a code can mean this under a status. */
	static boolean isPossible(Verdict verdict, int status) {
		return switch (status) {
			// a request that is too large is no matter of rates or room
			case 413 -> verdict.kind() == OutcomeKind.CONTEXT_LENGTH;
			// the model is there, but not for this key
			case 403 -> verdict.kind() != OutcomeKind.MODEL_NOT_FOUND;
			default -> true;
		};
	}

	/** Judges what few providers have a code for by what the message says. */
	public static @Nullable Verdict phrase(ErrorFacts facts) {
		return ErrorPhrases.judge(facts);
	}

	/**
	 * Judges a status where neither the body nor the provider says more.
	 * @param status any number, also one outside the registered ones
	 * @return the verdict
	 */
	static Verdict status(int status) {
		return switch (status) {
			case 401, 407, 511 -> Verdict.AUTH;
			case 402 -> Verdict.QUOTA;
			case 403 -> Verdict.PERMISSION;
			case 408, 504, 522, 524, 598, 599 -> Verdict.TIMEOUT;
			case 425, 503, 529 -> Verdict.OVERLOADED;
			case 420, 429 -> Verdict.RATE_LIMITED;
			case 501, 505 -> Verdict.CLIENT_ERROR;
			default -> (status >= 300 && status < 500) ? Verdict.CLIENT_ERROR : Verdict.SERVER_ERROR;
		};
	}

}
