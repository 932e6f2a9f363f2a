// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmBreakers;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Holds many streams at a time while the primary model fails and recovers. Takes a few
 * seconds; {@code -Dgateway.load.duration=60s} takes a minute.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "gateway.stream-end-grace=1h", "llm-breaker.defaults.fallbacks=backup",
				"llm-breaker.defaults.cooldown=1s", "llm-breaker.defaults.retry.backoff=50ms",
				"llm-breaker.defaults.response-timeout=20s", "llm-breaker.defaults.first-token-timeout=20s",
				"llm-breaker.defaults.idle-timeout=20s" })
class LoadTests {

	private static final int CALLERS = 500;

	private static final Duration DURATION = DurationStyle
		.detectAndParse(System.getProperty("gateway.load.duration", "8s"));

	/**
	 * Much longer than every limit of the gateway: who waits this long was forgotten.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final long MEBIBYTE = 1024 * 1024;

	private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENT = new ParameterizedTypeReference<>() {
	};

	private static final CrowdedProvider provider = new CrowdedProvider(CALLERS);

	private static final ResourceLeakDetector.Level leakDetection = ResourceLeakDetector.getLevel();

	private final Map<String, LongAdder> ends = new ConcurrentSkipListMap<>();

	private final AtomicBoolean stopped = new AtomicBoolean();

	private final LongAdder started = new LongAdder();

	private WebClient client;

	@Autowired
	private LlmBreakers breakers;

	@DynamicPropertySource
	static void upstream(DynamicPropertyRegistry registry) {
		registry.add("gateway.upstream.base-url", provider::baseUrl);
	}

	@BeforeAll
	static void watchLess() {
		ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.SIMPLE);
	}

	@AfterAll
	static void stop() {
		ResourceLeakDetector.setLevel(leakDetection);
		provider.close();
	}

	@Test
	void keepsEveryStreamWhileTheModelFailsAndRecovers(@LocalServerPort int port) {
		ConnectionProvider connections = ConnectionProvider.builder("callers").maxConnections(CALLERS).build();
		this.client = WebClient.builder()
			.baseUrl("http://127.0.0.1:" + port)
			.clientConnector(new ReactorClientHttpConnector(HttpClient.create(connections)))
			.build();
		Mono<Void> load = Flux.range(0, CALLERS).flatMap((number) -> caller(), CALLERS).then().cache();
		Disposable running = load.subscribe();
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(count("complete")).as("%s", this.ends).isGreaterThanOrEqualTo(CALLERS));
		long before = usedMemory();
		Disposable phases = phases();
		load.block(DURATION.plus(PATIENCE));
		phases.dispose();
		await().atMost(PATIENCE).until(() -> provider.active() == 0);
		long after = usedMemory();
		running.dispose();
		assertThat(this.ends.values().stream().mapToLong(LongAdder::sum).sum()).isEqualTo(this.started.sum());
		assertThat(new TreeMap<>(this.ends).keySet()).as("all ends: %s", this.ends)
			.contains("complete from primary", "complete from backup")
			.isSubsetOf("complete from primary", "complete from backup", "told of a failure");
		assertThat(provider.most()).isGreaterThanOrEqualTo(CALLERS);
		assertThat(provider.failures()).isBetween(1, CALLERS + CALLERS / 2);
		assertThat(after - before).as("growth in bytes").isLessThan(24 * MEBIBYTE);
		await().atMost(PATIENCE).until(this::isRecovered);
		connections.dispose();
		System.getLogger(LoadTests.class.getName())
			.log(System.Logger.Level.INFO, "Ends: {0}, failures: {1}, memory: {2} then {3} MiB", this.ends,
					provider.failures(), before / MEBIBYTE, after / MEBIBYTE);
	}

	/** A good third, a bad third and a good one again. */
	private Disposable phases() {
		Duration third = DURATION.dividedBy(3);
		return Mono.delay(third, Schedulers.single())
			.doOnNext((tick) -> provider.fail(true))
			.then(Mono.delay(third, Schedulers.single()))
			.doOnNext((tick) -> provider.fail(false))
			.then(Mono.delay(third, Schedulers.single()))
			.subscribe((tick) -> this.stopped.set(true));
	}

	private boolean isRecovered() {
		String end = call().block(PATIENCE);
		return "complete from primary".equals(end)
				&& this.breakers.find("openai:primary").orElseThrow().state() == BreakerState.CLOSED;
	}

	private long count(String beginning) {
		return this.ends.entrySet()
			.stream()
			.filter((end) -> end.getKey().startsWith(beginning))
			.mapToLong((end) -> end.getValue().sum())
			.sum();
	}

	private Mono<Void> caller() {
		return Mono.defer(() -> {
			this.started.increment();
			return call();
		})
			.doOnNext((end) -> this.ends.computeIfAbsent(end, (name) -> new LongAdder()).increment())
			.repeat(() -> !this.stopped.get())
			.then();
	}

	private Mono<String> call() {
		return Mono.defer(() -> {
			Progress progress = new Progress();
			return this.client.post()
				.uri("/v1/chat/completions")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{\"model\":\"primary\",\"stream\":true,\"messages\":[]}")
				.exchangeToMono(progress::end)
				.timeout(PATIENCE)
				.onErrorResume((error) -> Mono.just("lost with " + error + " after " + progress));
		});
	}

	private static String end(List<String> events) {
		boolean done = events.contains("[DONE]");
		if (events.stream().anyMatch(Json::isError)) {
			return done ? "done after a failure" : "told of a failure";
		}
		long words = events.stream().filter((event) -> event.contains("\"content\":\"w")).count();
		if (!done || words != CrowdedProvider.WORDS) {
			return "half an answer";
		}
		List<String> models = events.stream()
			.filter((event) -> event.startsWith("{"))
			.map((event) -> Json.read(event).path("model").asString())
			.distinct()
			.toList();
		return "complete from " + String.join(" and ", models);
	}

	/** What has come of one answer, to be told when it has no end. */
	private static final class Progress {

		private final List<String> events = new CopyOnWriteArrayList<>();

		private volatile String head = "no head";

		private volatile boolean ended;

		Mono<String> end(ClientResponse response) {
			this.head = response.statusCode() + " of " + response.headers().header(TraceHeaders.TARGET) + " in "
					+ response.headers().header(TraceHeaders.ATTEMPTS) + " attempts";
			if (!response.statusCode().is2xxSuccessful()) {
				return response.bodyToMono(String.class)
					.map((body) -> Json.isError(body) ? "told of a failure" : "refused with " + response.statusCode());
			}
			return response.bodyToFlux(EVENT)
				.mapNotNull(ServerSentEvent::data)
				.doOnNext(this.events::add)
				.doOnTerminate(() -> this.ended = true)
				.onErrorComplete((broken) -> this.events.stream().anyMatch(Json::isError))
				.then(Mono.fromSupplier(() -> LoadTests.end(this.events)));
		}

		@Override
		public String toString() {
			return this.head + ", " + this.events.size() + " events"
					+ (this.events.contains("[DONE]") ? ", [DONE]" : "") + (this.ended ? ", the end" : ", no end");
		}

	}

	private static long usedMemory() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return runtime.totalMemory() - runtime.freeMemory();
	}

}
