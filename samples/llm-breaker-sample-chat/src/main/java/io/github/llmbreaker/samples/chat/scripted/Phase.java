/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
