// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.okhttp;

import io.github.llmbreaker.breaker.CallPermit;

/**
 * The tag of a request that is made by an attempt of a call that plans what comes after
 * it: the same guard may be there twice.
 *
 * @param permit the attempt's permit
 */
record PlannedAttempt(CallPermit permit) {
}
