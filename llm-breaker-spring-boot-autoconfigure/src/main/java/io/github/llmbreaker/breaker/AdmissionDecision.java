// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

/**
 * A breaker's answer to a call that wants in.
 */
sealed interface AdmissionDecision permits Admission, Rejection {

}
