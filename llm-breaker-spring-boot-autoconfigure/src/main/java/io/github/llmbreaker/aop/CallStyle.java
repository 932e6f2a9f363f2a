// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import org.jspecify.annotations.Nullable;

/**
 * Runs guarded calls whose results come in one way.
 */
@FunctionalInterface
interface CallStyle {

	/**
	 * Runs a call.
	 * @param call the call
	 * @return what the caller gets
	 * @throws Throwable what the caller gets instead
	 */
	@Nullable Object run(GuardedCall call) throws Throwable;

}
