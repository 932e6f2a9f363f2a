// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.scenarios;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import io.github.llmbreaker.testing.RecordedRequest;

/**
 * A provider whose models each play the scenario that they are named after, and one that
 * is healthy.
 */
final class UnreliableProvider implements AutoCloseable {

	private static final Pattern MODEL = Pattern.compile("\"model\"\\s*:\\s*\"([^\"]*)\"");

	private static final Pattern STREAM = Pattern.compile("\"stream\"\\s*:\\s*true");

	private static final String PATH = "/v1";

	private final FakeLlmServer server = FakeLlmServer.start();

	private final FakeLlmServer healthy = FakeLlmServer.start();

	private final Set<String> recovered = ConcurrentHashMap.newKeySet();

	UnreliableProvider() {
		this.server.always(this::answer);
		this.healthy.always((request) -> completion(request).whole());
	}

	String url() {
		return this.server.url() + PATH;
	}

	String urlOfTheHealthy() {
		return this.healthy.url() + PATH;
	}

	static String model(Scenario scenario, int number) {
		return (scenario.expected().hasty() ? "hasty-" : "calm-") + scenario.name() + "-" + number;
	}

	/** A model that flaps is healthy from now on. */
	void recover(String model) {
		this.recovered.add(model);
	}

	/** The requests for a model so far. */
	int requests(String model) {
		return (int) this.server.requests()
			.stream()
			.filter((request) -> request.path().endsWith("/completions") && model(request).equals(model))
			.count();
	}

	List<RecordedRequest> requestsOfTheHealthy() {
		return this.healthy.requests();
	}

	private FakeAnswer answer(RecordedRequest request) {
		if (!request.path().endsWith("/completions")) {
			return FakeAnswer.status(200).header("Content-Type", "text/html").body("<html>Who are you?</html>");
		}
		String model = model(request);
		Completion good = completion(request);
		if (!model.contains("-")) {
			return good.whole();
		}
		Scenario scenario = Scenario.valueOf(model.split("-")[1]);
		return (scenario == Scenario.FLAPPING && this.recovered.contains(model)) ? good.whole()
				: scenario.answer(requests(model), good);
	}

	private static Completion completion(RecordedRequest request) {
		return new Completion(model(request), STREAM.matcher(request.text()).find());
	}

	private static String model(RecordedRequest request) {
		Matcher model = MODEL.matcher(request.text());
		return model.find() ? model.group(1) : "none";
	}

	@Override
	public void close() {
		this.server.close();
		this.healthy.close();
	}

}
