// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import io.github.llmbreaker.provider.IdentifiedCall;

import org.springframework.http.HttpRequest;

/**
 * What one attempt of a guarded call sends, to whom.
 *
 * @param call whom it calls for what
 * @param request the request
 * @param body the request's body
 */
@SuppressWarnings("ArrayRecordComponent")
record GuardedAttempt(IdentifiedCall call, HttpRequest request, byte[] body) {
}
