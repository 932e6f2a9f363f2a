// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Mixed traffic with faults on both sides: nothing may grow. Takes a few seconds;
 * {@code scripts/soak.sh 30m} takes half an hour.
 */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "gateway.upload-timeout=2s", "gateway.reader-timeout=2s", "llm-breaker.defaults.cooldown=500ms",
				"llm-breaker.defaults.failure-threshold=200", "llm-breaker.provider-defaults.failure-threshold=200",
				"llm-breaker.provider-defaults.cooldown=500ms", "llm-breaker.defaults.response-timeout=2s",
				"llm-breaker.defaults.first-token-timeout=2s", "llm-breaker.defaults.idle-timeout=2s",
				"llm-breaker.defaults.retry.backoff=20ms" })
class SoakTests {

	private static final Duration DURATION = DurationStyle
		.detectAndParse(System.getProperty("gateway.soak.duration", "12s"));

	/** Of each caller after a call. */
	private static final Duration PAUSE = DurationStyle.detectAndParse(System.getProperty("gateway.soak.pause", "0ms"));

	/** That begin and stall, with all but a megabyte of their bodies. */
	private static final int UPLOADS = Integer.getInteger("gateway.soak.uploads", 5);

	private static final int UPLOAD_MEGABYTES = Integer.getInteger("gateway.soak.upload-megabytes", 2);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int CALLERS = 32;

	private static final long MEBIBYTE = 1024 * 1024;

	private static final FaultyProvider provider = new FaultyProvider();

	private static final ResourceLeakDetector.Level leakDetection = ResourceLeakDetector.getLevel();

	private final AtomicInteger calls = new AtomicInteger();

	private final Map<String, LongAdder> ends = new ConcurrentSkipListMap<>();

	@Autowired
	private RunningCalls running;

	@Autowired
	private BodyBudget budget;

	@LocalServerPort
	private int port;

	private WebClient client;

	@DynamicPropertySource
	static void upstream(DynamicPropertyRegistry registry) {
		registry.add("gateway.upstream.base-url", provider::baseUrl);
	}

	@BeforeAll
	static void watchClosely() {
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
	}

	@AfterAll
	static void stop() {
		ResourceLeakDetector.setLevel(leakDetection);
		provider.close();
	}

	@Test
	void nothingGrowsUnderFaults(CapturedOutput output) {
		ConnectionProvider connections = ConnectionProvider.builder("callers").maxConnections(CALLERS).build();
		this.client = WebClient.builder()
			.baseUrl("http://127.0.0.1:" + this.port)
			.clientConnector(new ReactorClientHttpConnector(HttpClient.create(connections)))
			.build();
		settled("unused");
		traffic(DURATION.dividedBy(3));
		Usage before = settled("start");
		traffic(DURATION.dividedBy(3));
		settled("middle");
		traffic(DURATION.dividedBy(3));
		Usage after = settled("end");
		connections.dispose();
		assertThat(this.ends).containsKeys("200 whole", "200 broken", "left").doesNotContainKey("lost");
		assertThat(after.heap() - before.heap()).as("heap").isLessThan(24 * MEBIBYTE);
		assertThat(after.direct() - before.direct()).as("direct memory").isLessThan(32 * MEBIBYTE);
		assertThat(after.threads() - before.threads()).as("threads").isLessThan(8);
		assertThat(after.descriptors() - before.descriptors()).as("descriptors").isLessThan(3L * CALLERS);
		assertThat(output).doesNotContain("LEAK:");
	}

	private void traffic(Duration time) {
		List<Socket> sockets = new ArrayList<>();
		for (int i = 0; i < UPLOADS; i++) {
			sockets.add(stalled(UPLOAD_MEGABYTES));
			sockets.add(stalled(0));
		}
		long end = System.nanoTime() + time.toNanos();
		Flux.range(0, CALLERS)
			.flatMap((caller) -> Mono.defer(this::call)
				.repeatWhen((calls) -> calls.takeWhile((number) -> System.nanoTime() - end < 0)
					.concatMap((number) -> Mono.just(number).delayElement(PAUSE))), CALLERS)
			.mergeWith(Mono.delay(time.dividedBy(2), Schedulers.boundedElastic())
				.doOnNext((half) -> provider.die())
				.then(Mono.empty()))
			.blockLast(time.plus(PATIENCE));
		sockets.forEach(SoakTests::close);
	}

	private Mono<String> call() {
		int number = this.calls.incrementAndGet();
		boolean stream = number % 3 != 0;
		String model = (number % 2 == 0) ? "good" : "bad";
		boolean leaves = stream && number % 7 == 0;
		Duration reading = (number % 5 == 0) ? Duration.ofMillis(20) : Duration.ZERO;
		return this.client.post()
			.uri("/v1/chat/completions")
			.header("Content-Type", "application/json")
			.bodyValue("{\"model\":\"" + model + "\",\"stream\":" + stream + ",\"messages\":[]}")
			.exchangeToMono((response) -> leaves ? response.bodyToFlux(byte[].class).next().thenReturn("left")
					: response.bodyToFlux(byte[].class)
						.concatMap(
								(bytes) -> reading.isZero() ? Mono.just(bytes) : Mono.just(bytes).delayElement(reading),
								1)
						.then(Mono.just(response.statusCode().value() + " whole"))
						.onErrorReturn(response.statusCode().value() + " broken"))
			.timeout(PATIENCE)
			.onErrorReturn("lost")
			.doOnNext(this::end);
	}

	private void end(String how) {
		this.ends.computeIfAbsent(how, (name) -> new LongAdder()).increment();
	}

	private Socket stalled(int megabytes) {
		try {
			Socket socket = new Socket("127.0.0.1", this.port);
			if (megabytes > 0) {
				upload(socket.getOutputStream(), megabytes);
			}
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void upload(OutputStream out, int megabytes) throws IOException {
		byte[] megabyte = new byte[(int) MEBIBYTE];
		out.write(("POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\nContent-Length: " + megabytes * MEBIBYTE
				+ "\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII));
		try {
			for (int i = 1; i < megabytes; i++) {
				out.write(megabyte);
			}
			end("upload stalled");
		}
		catch (IOException ex) {
			// more than the gateway has room for
			end("upload refused");
		}
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Usage settled(String when) {
		await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(this.running.count()).as("running calls").isZero();
			assertThat(this.budget.used()).as("memory of request bodies").isZero();
		});
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		Usage usage = new Usage(runtime.totalMemory() - runtime.freeMemory(),
				((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory(),
				ManagementFactory.getThreadMXBean().getThreadCount(), descriptors());
		System.getLogger(SoakTests.class.getName())
			.log(System.Logger.Level.INFO, "{0}: {1} after {2} calls: {3}", when, usage, this.calls, this.ends);
		return usage;
	}

	private static long descriptors() {
		return (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)
				? unix.getOpenFileDescriptorCount() : 0;
	}

	/**
	 * What is in use when nothing runs.
	 *
	 * @param heap bytes of the heap
	 * @param direct bytes outside of it
	 * @param threads threads
	 * @param descriptors open files and connections
	 */
	private record Usage(long heap, long direct, int threads, long descriptors) {

	}

}
