/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
