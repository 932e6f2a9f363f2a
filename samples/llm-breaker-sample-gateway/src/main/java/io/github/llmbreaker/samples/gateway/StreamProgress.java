// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.util.HashSet;
import java.util.Set;

import tools.jackson.databind.JsonNode;

/**
 * How far the answer in a stream of chat completion chunks has come.
 */
final class StreamProgress {

	private final Set<Integer> running = new HashSet<>(2);

	private boolean finished;

	private boolean failed;

	/**
	 * Looks at the next event.
	 * @param event what is in it
	 * @return whether it makes sense
	 */
	boolean see(JsonNode event) {
		if (Json.isError(event)) {
			this.failed = true;
		}
		for (JsonNode choice : event.path("choices")) {
			choice(choice.path("index").asInt(0), choice.path("finish_reason"));
		}
		return event.isObject();
	}

	private void choice(int index, JsonNode reason) {
		if (!reason.isString()) {
			this.running.add(index);
		}
		else if (!"error".equals(reason.asString())) {
			this.running.remove(index);
			this.finished = true;
		}
	}

	/** Whether every choice has ended well. */
	boolean isComplete() {
		return this.finished && this.running.isEmpty() && !this.failed;
	}

	/** Whether the provider has said what went wrong. */
	boolean isFailed() {
		return this.failed;
	}

	/** Whether nothing that matters is still to come. */
	boolean isSettled() {
		return this.failed || isComplete();
	}

}
