// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.time.InstantSource;

import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.provider.CallIdentifier;
import io.github.llmbreaker.provider.LlmProviders;
import reactor.core.scheduler.Scheduler;

/**
 * What all guarded exchanges of a client share.
 *
 * @param providers the providers
 * @param identifier tells which requests are LLM calls
 * @param registry the breakers
 * @param clock the wall clock
 * @param ticker the clock for durations
 * @param scheduler where time limits are watched
 */
record ExchangeGuard(LlmProviders providers, CallIdentifier identifier, BreakerRegistry registry, InstantSource clock,
		Ticker ticker, Scheduler scheduler) {
}
