// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.call.HttpCalls;

/**
 * With what the calls of LangChain4j's models are guarded.
 *
 * @since 0.1.0
 */
public final class CallGuarding {

	private final HttpCalls calls;

	private final boolean replacesRetries;

	/**
	 * Creates it.
	 * @param guard what calls are guarded with
	 * @param replacesRetries whether LangChain4j makes no call again whose policy has
	 * retries or fallbacks
	 */
	public CallGuarding(CallGuard guard, boolean replacesRetries) {
		this.calls = new HttpCalls(guard);
		this.replacesRetries = replacesRetries;
	}

	HttpCalls calls() {
		return this.calls;
	}

	boolean replacesRetries() {
		return this.replacesRetries;
	}

}
