// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat.scripted;

/**
 * What Anthropic is going through.
 */
enum Phase {

	HEALTHY(1, "Both providers are well."),

	OVERLOADED(3, "Anthropic is overloaded: status 529, or an error event inside a stream."),

	RATE_LIMITED(1, "Anthropic wants to be left alone: status 429 with Retry-After."),

	RECOVERED(Integer.MAX_VALUE, "Anthropic has recovered.");

	private final int minRequests;

	private final String headline;

	Phase(int minRequests, String headline) {
		this.minRequests = minRequests;
		this.headline = headline;
	}

	/**
	 * Returns how many requests have to see a phase, however long that takes.
	 * @return the number of requests
	 */
	int minRequests() {
		return this.minRequests;
	}

	String headline() {
		return this.headline;
	}

	Phase next() {
		return values()[ordinal() + 1];
	}

}
