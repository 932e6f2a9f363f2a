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
