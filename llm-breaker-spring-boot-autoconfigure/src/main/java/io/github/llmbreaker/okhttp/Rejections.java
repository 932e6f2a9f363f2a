// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.okhttp;

import java.io.IOException;

import io.github.llmbreaker.LlmCallRejectedException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Hands rejections to callers in other threads. Whatever else than an {@code IOException}
 * is thrown there kills the thread, and the caller gets a text about it.
 */
final class Rejections {

	private Rejections() {
	}

	/**
	 * Answers a rejected call.
	 * @throws LlmCallRejectedException if its caller waits for it
	 * @throws IOException if its caller has a callback
	 */
	static Response answer(Interceptor.Chain chain, LlmCallRejectedException rejection) throws IOException {
		if (isEnqueued(chain)) {
			throw new IOException(rejection.getMessage(), rejection);
		}
		throw rejection;
	}

	/** OkHttp gives its threads this name while they make a call. */
	private static boolean isEnqueued(Interceptor.Chain chain) {
		return Thread.currentThread().getName().equals("OkHttp " + chain.call().request().url().redact());
	}

}
