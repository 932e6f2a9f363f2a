// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.io.Serial;
import java.net.URI;

import io.github.llmbreaker.provider.LlmProvider;

/**
 * A request to another provider was not sent, because somebody has changed its URL after
 * us. Has no stack trace: it would not show who.
 */
final class ChangedUrlException extends RuntimeException {

	private static final int MAX_CAUSES = 8;

	@Serial
	private static final long serialVersionUID = 1L;

	ChangedUrlException(LlmProvider provider, URI url) {
		super("""
				A filter, a connector or a redirect changes the URL of a call to provider '%s', to which this call falls \
				back. It was not sent, as a changed URL may carry credentials of another provider. \
				Leave requests to %s://%s as they are"""
			.formatted(provider.id(), url.getScheme(), url.getAuthority()), null, false, false);
	}

	/**
	 * Whether this is what went wrong.
	 */
	static boolean isCauseOf(Throwable error) {
		Throwable cause = error;
		for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
			if (cause instanceof ChangedUrlException) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

}
