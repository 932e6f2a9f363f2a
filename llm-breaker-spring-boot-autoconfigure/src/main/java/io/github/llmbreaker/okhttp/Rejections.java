// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.okhttp;

import java.io.IOException;

import io.github.llmbreaker.LlmCallRejectedException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Hands rejections to callers in other threads. Whatever else than an {@code IOException}
 * is thrown there kills the thread, and the caller gets a text about it. As the first
 * interceptor, so that those in between, which may try again what fails, don't see one.
 */
final class Rejections implements Interceptor {

	/** The outermost of a client. */
	static final Rejections OUTERMOST = new Rejections();

	private Rejections() {
	}

	@Override
	public Response intercept(Chain chain) throws IOException {
		try {
			return chain.proceed(chain.request().newBuilder().tag(Rejections.class, this).build());
		}
		catch (LlmCallRejectedException ex) {
			if (isEnqueued(chain)) {
				throw wrapped(ex);
			}
			throw ex;
		}
	}

	/**
	 * Returns what to throw for a rejection.
	 */
	static Exception failure(Chain chain, LlmCallRejectedException rejection) {
		boolean translatedLater = chain.request().tag(Rejections.class) != null;
		return (!translatedLater && isEnqueued(chain)) ? wrapped(rejection) : rejection;
	}

	private static IOException wrapped(LlmCallRejectedException rejection) {
		return new IOException(rejection.getMessage(), rejection);
	}

	/** OkHttp gives its threads this name while they make a call. */
	private static boolean isEnqueued(Chain chain) {
		return Thread.currentThread().getName().equals("OkHttp " + chain.call().request().url().redact());
	}

}
