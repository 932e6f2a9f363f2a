// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.netty.buffer.Unpooled;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Measures the CPU time that a gateway takes for a request and for a stream: this one, a
 * {@link BareProxy} and whatever else is named, each in a process of its own. Run it with
 * {@code scripts/speed.sh}.
 */
final class SpeedComparison {

	private static final int ROUNDS = Integer.getInteger("speed.rounds", 5);

	/** In each round. */
	private static final int REQUESTS = Integer.getInteger("speed.requests", 5_000);

	private static final int STREAMS = Integer.getInteger("speed.streams", 250);

	private static final int EVENTS = 200;

	private static final int CALLERS = 50;

	private static final String DOCUMENT = """
			{"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":\
			{"role":"assistant","content":"%s"},"finish_reason":"stop"}],"usage":{"total_tokens":10}}"""
		.formatted("word ".repeat(200));

	private static final String REQUEST = "{\"model\":\"m\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\""
			+ "question ".repeat(100) + "\"}]}";

	private final HttpClient client = HttpClient
		.create(ConnectionProvider.builder("callers").maxConnections(CALLERS).build());

	private final String name;

	private final int port;

	private final Process process;

	private final Map<String, String> headers;

	private final double[] requests = new double[ROUNDS];

	private final double[] streams = new double[ROUNDS];

	private SpeedComparison(String name, List<String> command, String upstream) throws IOException {
		this.name = name;
		this.port = freePort();
		// how Portkey's gateway is told what the others have in their configuration
		this.headers = Map.of("x-portkey-provider", "openai", "x-portkey-custom-host", upstream + "/v1");
		this.process = new ProcessBuilder(command.stream()
			.map((part) -> part.replace("PORT", Integer.toString(this.port)).replace("UPSTREAM", upstream))
			.toList()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
	}

	/**
	 * Measures.
	 * @param arguments commands to start others with: {@code name=command}, in which
	 * {@code PORT} and {@code UPSTREAM} are replaced
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		DisposableServer provider = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.route((routes) -> routes.post("/v1/chat/completions", SpeedComparison::answer))
			.bindNow();
		String upstream = "http://127.0.0.1:" + provider.port();
		List<SpeedComparison> all = new ArrayList<>();
		try {
			all.add(new SpeedComparison("bare proxy", java(BareProxy.class.getName(), "PORT", "UPSTREAM"), upstream));
			all.add(new SpeedComparison("gateway", java(GatewayApplication.class.getName(), "--server.port=PORT",
					"--management.server.port=-1", "--gateway.upstream.base-url=UPSTREAM/v1"), upstream));
			for (String argument : arguments) {
				String[] parts = argument.split("=", 2);
				all.add(new SpeedComparison(parts[0], Arrays.asList(parts[1].split(" ")), upstream));
			}
			measure(all);
		}
		finally {
			all.forEach((each) -> each.process.destroy());
			provider.disposeNow();
		}
		System.exit(0);
	}

	/** In turn, so that whatever else the machine does concerns all of them alike. */
	private static void measure(List<SpeedComparison> all) throws InterruptedException {
		for (SpeedComparison each : all) {
			awaitOpen(each.port);
			each.calls(false, 4 * REQUESTS);
			each.calls(true, 2 * STREAMS);
		}
		for (int round = 0; round < ROUNDS; round++) {
			for (SpeedComparison each : all) {
				each.requests[round] = each.cost(() -> each.calls(false, REQUESTS), REQUESTS);
				each.streams[round] = each.cost(() -> each.calls(true, STREAMS), STREAMS);
			}
		}
		SpeedComparison bare = all.get(0);
		System.out.printf("%-14s %18s %18s%n", "", "us CPU/request", "us CPU/stream");
		for (SpeedComparison each : all) {
			double request = median(each.requests);
			double stream = median(each.streams);
			System.out.printf("%-14s %10.0f (x%4.1f) %10.0f (x%4.1f)%n", each.name, request,
					request / median(bare.requests), stream, stream / median(bare.streams));
		}
	}

	private static double median(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[sorted.length / 2];
	}

	private static List<String> java(String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java", "-Xmx512m",
						"-cp", System.getProperty("java.class.path")));
		command.addAll(List.of(arguments));
		return command;
	}

	private double cost(Runnable work, int calls) {
		Duration before = this.process.info().totalCpuDuration().orElseThrow();
		work.run();
		return this.process.info().totalCpuDuration().orElseThrow().minus(before).toNanos() / 1000.0 / calls;
	}

	private void calls(boolean stream, int calls) {
		String body = REQUEST.formatted(stream);
		Flux.range(0, calls).flatMap((number) -> this.client.headers((sent) -> {
			sent.set("Content-Type", "application/json");
			this.headers.forEach(sent::set);
		})
			.post()
			.uri("http://127.0.0.1:" + this.port + "/v1/chat/completions")
			.send(Mono.fromSupplier(() -> Unpooled.copiedBuffer(body, StandardCharsets.UTF_8)))
			.responseSingle((response, bytes) -> bytes.asByteArray().map((answer) -> check(stream, answer))), CALLERS)
			.blockLast(Duration.ofMinutes(10));
	}

	private static int check(boolean stream, byte[] answer) {
		if (stream ? answer.length < EVENTS * 100 : answer.length != DOCUMENT.length()) {
			throw new IllegalStateException("Not the whole answer: " + answer.length);
		}
		return answer.length;
	}

	private static Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
		return request.receive().aggregate().asString().flatMap((body) -> {
			if (!body.contains("\"stream\":true")) {
				return response.header("Content-Type", "application/json").sendString(Mono.just(DOCUMENT)).then();
			}
			Flux<String> events = Flux.interval(Duration.ofMillis(2))
				.onBackpressureBuffer()
				.take(EVENTS)
				.map((number) -> Answers.word("m", "word "))
				.concatWithValues(Answers.finish("m"), Answers.DONE);
			return response.sse()
				.send(events.map((event) -> Unpooled.copiedBuffer(event, StandardCharsets.UTF_8)), (buffer) -> true)
				.then();
		});
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static void awaitOpen(int port) throws InterruptedException {
		long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
		while (System.nanoTime() - end < 0) {
			try {
				new Socket("127.0.0.1", port).close();
				return;
			}
			catch (IOException ex) {
				Thread.sleep(100);
			}
		}
		throw new IllegalStateException("Nothing listens on port " + port);
	}

}
