// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.provider.CallIdentifier;
import reactor.core.scheduler.Scheduler;

/**
 * What all guarded exchanges of a client share.
 *
 * @param calls what calls are guarded with
 * @param identifier tells which requests are LLM calls
 * @param scheduler where time limits are watched
 */
record ExchangeGuard(CallGuard calls, CallIdentifier identifier, Scheduler scheduler) {
}
