// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the gateway does with callers that send or read slowly or leave, and with those
 * that are there when it stops.
 */
@ExtendWith(OutputCaptureExtension.class)
class PressureTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final int MEBIBYTE = 1024 * 1024;

	private static final String ASK = "{\"model\":\"m\",\"stream\":true,\"messages\":[]}";

	/** Those that scripts/soak.sh asks for take longer. */
	private static final int ABORTS = Integer.getInteger("gateway.soak.aborts", 50);

	private static final int IDLE = Integer.getInteger("gateway.soak.idle", 500);

	private final FakeLlmServer server = FakeLlmServer.start().always(Answers.document("m", "Hi"));

	private final List<Socket> sockets = new ArrayList<>();

	private ConfigurableApplicationContext context;

	private int port;

	@AfterEach
	void stop() throws IOException {
		for (Socket socket : this.sockets) {
			socket.close();
		}
		this.context.close();
		this.server.close();
	}

	@Test
	void stalledUploadsHoldNoNetworkBuffersAndEndInTime() throws IOException {
		start("gateway.upload-timeout=8s");
		long before = directMemory();
		byte[] piece = new byte[MEBIBYTE];
		List<Socket> uploads = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			Socket socket = open();
			OutputStream out = socket.getOutputStream();
			out.write(head(15 * MEBIBYTE).getBytes(StandardCharsets.US_ASCII));
			out.write(piece);
			out.write(piece);
			out.flush();
			uploads.add(socket);
		}
		BodyBudget budget = this.context.getBean(BodyBudget.class);
		await().atMost(PATIENCE).until(() -> budget.used() >= 20L * 2 * MEBIBYTE);
		assertThat(directMemory() - before).isLessThan(32L * MEBIBYTE);
		assertThat(ask().status()).isEqualTo(200);
		for (Socket socket : uploads) {
			assertThat(Wire.read(new DataInputStream(socket.getInputStream())).status()).isEqualTo(408);
		}
		await().atMost(PATIENCE).until(() -> budget.used() == 0);
	}

	@Test
	void aReaderThatReadsNothingIsDisconnectedAndLeavesTheProvider() throws IOException {
		start("gateway.reader-timeout=1s", "llm-breaker.defaults.idle-timeout=1h");
		String words = Answers.word("m", "x".repeat(64 * 1024));
		FakeAnswer endless = Answers.beginning("m", "Hi");
		for (int i = 0; i < 2000; i++) {
			endless.chunk(words);
		}
		this.server.enqueue(endless.stall());
		Socket socket = open();
		socket.getOutputStream().write(stream());
		this.server.awaitDisconnect();
		await().atMost(PATIENCE).until(() -> running().count() == 0);
		assertThat(ask().status()).isEqualTo(200);
	}

	@Test
	void aCallerThatLeavesTakesItsCallAlong(CapturedOutput output) throws IOException {
		start();
		for (int i = 0; i < ABORTS; i++) {
			this.server.enqueue(Answers.beginning("m", "Half ").stall());
			Socket socket = open();
			socket.getOutputStream().write(stream());
			socket.getInputStream().read();
			socket.setSoLinger(i % 2 == 0, 0);
			socket.close();
			this.server.awaitDisconnect();
		}
		await().atMost(PATIENCE).until(() -> running().count() == 0);
		System.gc();
		assertThat(ask().status()).isEqualTo(200);
		assertThat(output).doesNotContain("LEAK:");
	}

	@Test
	void manyIdleConnectionsAreInNobodysWay() throws IOException {
		start();
		for (int i = 0; i < IDLE; i++) {
			open();
		}
		assertThat(ask().status()).isEqualTo(200);
	}

	@Test
	void stoppingLetsStreamsEndAndTellsTheRest() throws Exception {
		start("gateway.shutdown-grace=3s");
		this.server.enqueue(Answers.beginning("m", "All ").hold().chunk(Answers.finish("m")).chunk(Answers.DONE),
				Answers.beginning("m", "Half ").stall(), FakeAnswer.silence());
		List<CompletableFuture<Wire>> answers = new ArrayList<>();
		for (int i = 1; i <= 3; i++) {
			answers.add(CompletableFuture.supplyAsync(() -> Wire.post(this.port, "/v1/chat/completions", ASK)));
			this.server.takeRequest();
		}
		await().atMost(PATIENCE).until(() -> running().count() == 3);
		CompletableFuture<Void> stopped = CompletableFuture.runAsync(this.context::close);
		this.server.proceed();
		Wire whole = answers.get(0).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		assertThat(whole.whole()).isTrue();
		assertThat(whole.body()).contains("All ").endsWith("data: [DONE]\n\n");
		Wire half = answers.get(1).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		assertThat(half.whole()).isFalse();
		assertThat(half.body()).contains("Half ", "gateway_stopping");
		Wire none = answers.get(2).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		assertThat(none.status()).isEqualTo(503);
		assertThat(none.body()).contains("gateway_stopping");
		stopped.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
	}

	private void start(String... properties) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--management.server.port=-1",
				"--gateway.upstream.base-url=" + this.server.url() + "/v1", "--gateway.stream-end-grace=1h"));
		for (String property : properties) {
			arguments.add("--" + property);
		}
		this.context = SpringApplication.run(GatewayApplication.class, arguments.toArray(String[]::new));
		this.port = this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private static long directMemory() {
		return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
	}

	private RunningCalls running() {
		return this.context.getBean(RunningCalls.class);
	}

	private Wire ask() {
		return Wire.post(this.port, "/v1/chat/completions", "{\"model\":\"m\",\"messages\":[]}");
	}

	private Socket open() throws IOException {
		Socket socket = new Socket();
		socket.setReceiveBufferSize(16 * 1024);
		socket.connect(new InetSocketAddress("127.0.0.1", this.port));
		socket.setSoTimeout((int) PATIENCE.toMillis());
		this.sockets.add(socket);
		return socket;
	}

	private static byte[] stream() {
		return (head(ASK.length()) + ASK).getBytes(StandardCharsets.US_ASCII);
	}

	private static String head(int length) {
		return "POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\nContent-Type: application/json\r\nContent-Length: "
				+ length + "\r\n\r\n";
	}

}
