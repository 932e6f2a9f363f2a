// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

/**
 * How the streams of an endpoint end.
 */
enum StreamFormat {

	/** Every choice has a reason why it ended, and {@code [DONE]} follows. */
	CHOICES,

	/** The last event says by its type that it is the last one. */
	TYPED,

	/** Known to nobody but the provider. */
	OTHER

}
