// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

/**
 * One truth for all instances of an application, on the Redis that it already has.
 * <p>
 * Keys, all with a time to live and in one hash slot:
 * {@code llm-breaker:{namespace}:breakers} (what the fleet knows of each breaker),
 * {@code :meta} (the version of the last change, and an epoch that is gone when Redis was
 * emptied), {@code :leases} (who probes), {@code :instances} and {@code :calls:<breaker>}
 * (how calls have ended of late, while some fail); the channel {@code :news} tells each
 * change. Times are told as what is left of them, by the clock of Redis.
 */
@NullMarked
package io.github.llmbreaker.redis;

import org.jspecify.annotations.NullMarked;
