// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.util.Locale;

/**
 * What the head of an answer says about it. The only place that knows which status is an
 * error.
 *
 * @since 0.1.0
 */
public enum AnswerKind {

	/** The body says how the call ended. */
	GOOD,

	/** Good, and there is no body to wait for. */
	BODILESS,

	/** The provider reports an error; the body says which. */
	ERROR,

	/** A redirect of what must not be sent elsewhere: the provider was not reached. */
	DIVERTED,

	/** Says nothing about the provider, such as a redirect of a read. */
	NEUTRAL;

	/** Tells what an answer is. */
	public static AnswerKind of(String method, int status) {
		if (status >= 400) {
			return ERROR;
		}
		if (status >= 300) {
			return (isRedirect(status) && !isRead(method)) ? DIVERTED : NEUTRAL;
		}
		if (status < 200) {
			return NEUTRAL;
		}
		return (status == 204 || status == 205 || method.equalsIgnoreCase("HEAD")) ? BODILESS : GOOD;
	}

	private static boolean isRedirect(int status) {
		return switch (status) {
			case 301, 302, 303, 307, 308 -> true;
			default -> false;
		};
	}

	private static boolean isRead(String method) {
		return switch (method.toUpperCase(Locale.ROOT)) {
			case "GET", "HEAD", "OPTIONS" -> true;
			default -> false;
		};
	}

}
