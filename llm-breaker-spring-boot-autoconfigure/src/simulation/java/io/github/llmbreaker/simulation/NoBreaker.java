// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

/**
 * Makes every call.
 */
final class NoBreaker implements Strategy {

	@Override
	public String name() {
		return "no breaker";
	}

	@Override
	public Guard start(Run run) {
		return new Open();
	}

	/**
	 * Lets everything in.
	 */
	private static final class Open implements Guard {

		@Override
		public Place enter(double now) {
			return (outcome) -> {
			};
		}

		@Override
		public boolean isOpen() {
			return false;
		}

	}

}
