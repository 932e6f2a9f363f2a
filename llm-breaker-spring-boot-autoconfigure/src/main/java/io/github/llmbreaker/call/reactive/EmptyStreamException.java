// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import java.io.Serial;

import io.github.llmbreaker.LlmTarget;

/**
 * A stream has ended without any item. Never reaches the subscriber, for whom it is an
 * empty stream.
 */
final class EmptyStreamException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	EmptyStreamException(LlmTarget target) {
		super("Stream of '%s:%s' ended without any item".formatted(target.provider(),
				(target.model() != null) ? target.model() : "*"), null, false, false);
	}

}
