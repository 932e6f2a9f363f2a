// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.io.Serial;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Makes daemon threads that all have the same name.
 */
final class NamedThreadFactory extends CustomizableThreadFactory {

	@Serial
	private static final long serialVersionUID = 1L;

	NamedThreadFactory(String name) {
		super(name);
		setDaemon(true);
	}

	@Override
	protected String nextThreadName() {
		return getThreadNamePrefix();
	}

}
