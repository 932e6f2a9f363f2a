// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat.scripted;

/**
 * The Redis that comes with the sample does not run on this machine.
 */
final class NoRedisException extends RuntimeException {

	NoRedisException(Throwable cause) {
		super("The embedded Redis does not run on " + System.getProperty("os.name") + ", "
				+ System.getProperty("os.arch"), cause);
	}

}
