// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import io.github.llmbreaker.testing.RecordedRequest;

/**
 * A provider that answers each model what its test says, and well when that is over.
 */
final class Provider implements AutoCloseable {

	private static final Pattern MODEL = Pattern.compile("\"model\":\"([^\"]*)\"");

	private final FakeLlmServer server = FakeLlmServer.start();

	private final Map<String, Script> scripts = new ConcurrentHashMap<>();

	private final Answers answers;

	Provider(String name) {
		this.answers = new Answers(name);
		this.server.always(this::answer);
	}

	String url() {
		return this.server.url();
	}

	/**
	 * What it answers when nobody has told it otherwise.
	 */
	Answers answers() {
		return this.answers;
	}

	void script(String model, List<FakeAnswer> answers, CompletableFuture<Void> arrived) {
		this.scripts.put(model, new Script(new ConcurrentLinkedQueue<>(answers), arrived, new AtomicInteger()));
	}

	/**
	 * How often a model was asked.
	 */
	int requests(String model) {
		return this.scripts.get(model).requests().get();
	}

	private FakeAnswer answer(RecordedRequest request) {
		Matcher model = MODEL.matcher(request.text());
		Script script = this.scripts.get(model.find() ? model.group(1) : "");
		FakeAnswer next = (script != null) ? script.next() : null;
		if (next != null) {
			return next;
		}
		boolean stream = request.text().replace(" ", "").contains("\"stream\":true");
		return stream ? this.answers.goodStream() : this.answers.goodDocument();
	}

	@Override
	public void close() {
		this.server.close();
	}

	private record Script(Queue<FakeAnswer> answers, CompletableFuture<Void> arrived, AtomicInteger requests) {

		FakeAnswer next() {
			this.requests.incrementAndGet();
			this.arrived.complete(null);
			return this.answers.poll();
		}

	}

}
