// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat.scripted;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Answers like OpenAI and Anthropic do, over HTTP. OpenAI is always well, Anthropic has
 * an {@link Outage}.
 */
@Component
@Profile("scripted")
final class ScriptedProviders implements DisposableBean {

	private final JsonMapper json;

	private final Duration eventDelay;

	private final Outage outage;

	private final HttpServer server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final AtomicInteger openAiRequests = new AtomicInteger();

	private final AtomicInteger anthropicRequests = new AtomicInteger();

	private final AtomicInteger unwantedRequests = new AtomicInteger();

	private volatile long leaveAloneUntil = System.nanoTime();

	ScriptedProviders(ScriptedProperties properties, JsonMapper json) throws IOException {
		this.json = json;
		this.eventDelay = properties.eventDelay();
		this.outage = new Outage(properties.outage());
		this.server = listen(properties.port());
		this.server.createContext("/openai/v1/chat/completions", (exchange) -> answer(exchange, this::openAi));
		this.server.createContext("/anthropic/v1/messages", (exchange) -> answer(exchange, this::anthropic));
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	/** The application says which port is taken, as it does for the one of its own. */
	private static HttpServer listen(int port) throws IOException {
		try {
			return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
		}
		catch (BindException ex) {
			throw new PortInUseException(port, ex);
		}
	}

	Outage outage() {
		return this.outage;
	}

	int openAiRequests() {
		return this.openAiRequests.get();
	}

	int anthropicRequests() {
		return this.anthropicRequests.get();
	}

	/**
	 * Returns how many requests came although Anthropic had asked to be left alone.
	 * @return the number of requests
	 */
	int unwantedRequests() {
		return this.unwantedRequests.get();
	}

	private void answer(HttpExchange exchange, Script script) throws IOException {
		try (exchange) {
			JsonNode request = this.json.readTree(exchange.getRequestBody());
			script.answer(request.path("stream").booleanValue())
				.send(exchange, request.path("model").stringValue(), this.eventDelay);
		}
	}

	private Answer openAi(boolean stream) {
		this.openAiRequests.incrementAndGet();
		return Answer.of(200, stream ? "openai-answer.sse" : "openai-answer.json");
	}

	private Answer anthropic(boolean stream) {
		this.anthropicRequests.incrementAndGet();
		if (System.nanoTime() - this.leaveAloneUntil < 0) {
			this.unwantedRequests.incrementAndGet();
		}
		return switch (this.outage.request()) {
			case HEALTHY, RECOVERED -> Answer.of(200, stream ? "anthropic-answer.sse" : "anthropic-answer.json");
			case OVERLOADED ->
				stream ? Answer.of(200, "anthropic-overloaded.sse") : Answer.of(529, "anthropic-overloaded.json");
			case RATE_LIMITED -> rateLimited();
		};
	}

	private Answer rateLimited() {
		long seconds = Math.max(1, this.outage.remaining().plusMillis(999).toSeconds());
		this.leaveAloneUntil = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
		return new Answer(429, Map.of("retry-after", String.valueOf(seconds)), "anthropic-rate-limited.json");
	}

	@Override
	public void destroy() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	private interface Script {

		Answer answer(boolean stream);

	}

}
