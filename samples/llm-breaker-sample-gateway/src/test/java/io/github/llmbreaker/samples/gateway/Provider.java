// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import io.github.llmbreaker.testing.RecordedRequest;

/**
 * The provider behind the gateway: each model answers what the test tells it to, at first
 * in order, then always.
 */
final class Provider implements AutoCloseable {

	static final String BACKUP = "backup";

	private final FakeLlmServer server = FakeLlmServer.start();

	private final Map<String, Queue<FakeAnswer>> scripts = new ConcurrentHashMap<>();

	private final Map<String, FakeAnswer> always = new ConcurrentHashMap<>();

	Provider() {
		this.server.always(this::answer);
	}

	String baseUrl() {
		return this.server.url() + "/v1";
	}

	/** Forgets what was said and what was asked. */
	void reset() {
		this.scripts.clear();
		this.always.clear();
		this.server.requests().clear();
	}

	Provider then(String model, FakeAnswer... answers) {
		this.scripts.computeIfAbsent(model, (name) -> new ConcurrentLinkedQueue<>()).addAll(List.of(answers));
		return this;
	}

	Provider always(String model, FakeAnswer answer) {
		this.always.put(model, answer);
		return this;
	}

	long calls(String model) {
		return this.server.requests().stream().filter((request) -> model.equals(modelOf(request))).count();
	}

	RecordedRequest last() {
		return this.server.requests().get(this.server.requests().size() - 1);
	}

	private FakeAnswer answer(RecordedRequest request) {
		if (request.path().equals("/v1/models")) {
			return FakeAnswer.json(200, "{\"object\":\"list\",\"data\":[{\"id\":\"backup\",\"object\":\"model\"}]}");
		}
		String model = modelOf(request);
		Queue<FakeAnswer> script = this.scripts.get(model);
		FakeAnswer next = (script != null) ? script.poll() : null;
		if (next == null) {
			next = this.always.get(model);
		}
		return (next != null) ? next : good(model, Json.read(request.text()).path("stream").asBoolean(false));
	}

	private static FakeAnswer good(String model, boolean stream) {
		return stream ? Answers.stream(model, "This ", "is ", model) : Answers.document(model, "This is " + model);
	}

	private static String modelOf(RecordedRequest request) {
		return Json.read(request.text()).path("model").asString("");
	}

	@Override
	public void close() {
		this.server.close();
	}

}
