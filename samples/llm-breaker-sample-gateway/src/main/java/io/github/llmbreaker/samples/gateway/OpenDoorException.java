// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import org.jspecify.annotations.Nullable;

/**
 * The gateway would let everybody in the network spend its provider's money.
 */
final class OpenDoorException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final @Nullable String address;

	OpenDoorException(@Nullable String address) {
		super("The gateway would be open to everybody");
		this.address = address;
	}

	/** Where it would listen; {@code null} everywhere. */
	@Nullable String address() {
		return this.address;
	}

}
