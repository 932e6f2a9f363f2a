// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import io.github.llmbreaker.call.CallFinder;
import io.github.llmbreaker.call.CallGuard;

/**
 * With what the calls of LangChain4j's models are guarded.
 *
 * @since 0.1.0
 */
public final class CallGuarding {

	private final CallGuard guard;

	private final CallFinder finder;

	private final boolean replacesRetries;

	/**
	 * Creates it.
	 * @param guard what calls are guarded with
	 * @param replacesRetries whether LangChain4j makes no call again whose policy has
	 * retries or fallbacks
	 */
	public CallGuarding(CallGuard guard, boolean replacesRetries) {
		this.guard = guard;
		this.finder = new CallFinder(guard);
		this.replacesRetries = replacesRetries;
	}

	CallGuard guard() {
		return this.guard;
	}

	CallFinder finder() {
		return this.finder;
	}

	boolean replacesRetries() {
		return this.replacesRetries;
	}

}
