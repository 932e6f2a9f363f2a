// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.util.List;

import io.github.llmbreaker.CallOutcome;

/**
 * Calls the path the endpoint.
 */
public final class PathDialect implements LlmDialect {

	private final String id;

	private final List<String> hosts;

	public PathDialect(String id, String... hosts) {
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
