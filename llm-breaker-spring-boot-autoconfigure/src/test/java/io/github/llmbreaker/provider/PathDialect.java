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

package io.github.llmbreaker.provider;

import java.util.List;

import io.github.llmbreaker.CallOutcome;

/**
 * Calls the path the endpoint.
 */
final class PathDialect implements LlmDialect {

	private final String id;

	private final List<String> hosts;

	PathDialect(String id, String... hosts) {
		this.id = id;
		this.hosts = List.of(hosts);
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public List<String> hosts() {
		return this.hosts;
	}

	@Override
	public LlmOperation operation(String path) {
		return new LlmOperation(path, null, true);
	}

	@Override
	public String pathFor(String path, String model) {
		return path.replaceFirst("/deployments/[^/]+", "/deployments/" + model);
	}

	@Override
	public String modelName(String name) {
		return name.startsWith("models/") ? name.substring(7) : name;
	}

	@Override
	public CallOutcome classify(ErrorAnswer answer) {
		throw new UnsupportedOperationException();
	}

	@Override
	public BodyObserver observe(AnswerHead head) {
		throw new UnsupportedOperationException();
	}

}
