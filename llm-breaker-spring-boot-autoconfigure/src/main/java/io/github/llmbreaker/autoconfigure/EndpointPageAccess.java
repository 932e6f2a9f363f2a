// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.actuate.endpoint.PageAccess;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointAccessResolver;
import org.springframework.boot.actuate.endpoint.EndpointId;

/**
 * What the configuration of the endpoint says, to everybody.
 */
final class EndpointPageAccess implements PageAccess {

	private final boolean write;

	EndpointPageAccess(@Nullable EndpointAccessResolver resolver) {
		this.write = resolver == null
				|| resolver.accessFor(EndpointId.of("llmbreakers"), Access.UNRESTRICTED) == Access.UNRESTRICTED;
	}

	@Override
	public boolean mayWrite() {
		return this.write;
	}

	@Override
	public void sendToken() {
		// nobody asks for one
	}

}
