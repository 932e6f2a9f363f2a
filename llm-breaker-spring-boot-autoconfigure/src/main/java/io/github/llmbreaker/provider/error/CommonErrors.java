// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import io.github.llmbreaker.OutcomeKind;

/**
 * What errors have in common whoever reports them.
 */
final class CommonErrors {

	/** Answers of proxies and networks before the API. */
	static final ErrorTable EDGE = new ErrorTable()
		// something in between sends questions elsewhere, whatever its page says
		.at(301, 302, 303, 307, 308)
		.always(Verdict.CONNECT_ERROR)
		.at(403)
		.starts(Verdict.QUOTA, "out of call volume quota")
		.when(Verdict.PERMISSION_ALL, (facts) -> isOfEdge(facts) || facts.header("cf-mitigated") != null)
		.at(429)
		.when(Verdict.RATE_LIMITED_ALL, (facts) -> isOfEdge(facts) && isOfCloudflare(facts));

	private CommonErrors() {
	}

	private static boolean isOfEdge(ErrorFacts facts) {
		return facts.isPage() || facts.has("cloudflare_error");
	}

	private static boolean isOfCloudflare(ErrorFacts facts) {
		return facts.has("cloudflare_error") || facts.pageSays("cloudflare") || facts.pageSays("error code: 10")
				|| "cloudflare".equalsIgnoreCase(facts.header("server"));
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

	/** Judges a status, any number, where neither the body nor the provider says more. */
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
