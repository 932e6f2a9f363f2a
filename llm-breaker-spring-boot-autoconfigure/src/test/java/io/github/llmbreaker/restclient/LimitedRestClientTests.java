// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.FallbackModel;
import io.github.llmbreaker.breaker.TestPolicies;
import io.github.llmbreaker.breaker.TimeoutPolicy;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the time limits of a guarded {@code RestClient}, on every HTTP client. Times
 * are real, and far from the patience of whoever waits.
 */
@Timeout(20)
class LimitedRestClientTests {

	private static final String THREADS = "llm-breaker-exchange-";

	private static final Duration SHORT = Duration.ofMillis(150);

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final FakeLlmServer server = FakeLlmServer.start();

	private final GuardedRestClient guarded = new GuardedRestClient(this.server.url())
		.breaker(TestPolicies.model().threshold(100).rate(0).get());

	@AfterEach
	void noThreadIsLeftBehindOnceTheConnectionIsClosed() {
		this.server.close();
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(busyThreads()).isEmpty());
	}

	static Stream<String> factories() {
		return RequestFactories.names();
	}

	/**
	 * Those whose exchange ends with the call. Before Java 24 nothing wakes up a thread
	 * that reads from a socket.
	 */
	static Stream<String> abortableFactories() {
		return RequestFactories.names()
			.filter((name) -> Runtime.version().feature() >= 24 || !Set.of("simple", "apache").contains(name));
	}

	@ParameterizedTest
	@MethodSource("abortableFactories")
	void connectionOfACallThatWasLeftIsClosed(String factory) {
		limits(SHORT, null, null, null);
		this.server.always(FakeAnswer.silence());
		assertTimesOut("response-timeout of 150 ms", () -> chat(factory));
		this.server.awaitDisconnect();
	}

	@ParameterizedTest
	@MethodSource("abortableFactories")
	void connectionOfAStreamThatWasLeftIsClosed(String factory) {
		limits(null, null, SHORT, null);
		this.server.always(FakeAnswer.chunked(200, "text/event-stream").chunk(GuardedRestClient.DELTA).stall());
		assertTimesOut("idle-timeout of 150 ms", () -> stream(factory));
		this.server.awaitDisconnect();
	}

	@ParameterizedTest
	@MethodSource("abortableFactories")
	void connectionOfAStreamThatHasSaidEverythingIsClosed(String factory) {
		limits(null, null, SHORT, null);
		this.server.always(FakeAnswer.chunked(200, "text/event-stream")
			.chunk(GuardedRestClient.DELTA)
			.chunk("data: [DONE]\n\n")
			.stall());
		assertThat(stream(factory)).endsWith("[DONE]\n\n");
		this.server.awaitDisconnect();
	}

	@ParameterizedTest
	@MethodSource("factories")
	void silentProviderIsLeftAfterTheResponseTimeout(String factory) {
		limits(SHORT, null, null, null);
		this.server.always(FakeAnswer.silence());
		assertTimesOut("response-timeout of 150 ms", () -> chat(factory));
	}

	@ParameterizedTest
	@MethodSource("factories")
	void headThatComesByteByByteIsLeftAfterTheResponseTimeout(String factory) {
		limits(SHORT, null, null, null);
		FakeAnswer head = FakeAnswer.raw();
		for (int i = 0; i < 100; i++) {
			head.raw("HTTP/1.1 200 OK\r\nX-Slow: ".substring(i % 25, i % 25 + 1)).pause(Duration.ofMillis(20));
		}
		this.server.always(head.cut());
		assertTimesOut("response-timeout of 150 ms", () -> chat(factory));
	}

	@ParameterizedTest
	@MethodSource("factories")
	void documentThatNeverEndsIsLeftAfterTheTotalTimeout(String factory) {
		limits(null, null, null, Duration.ofMillis(400));
		this.server.always(dribble(FakeAnswer.chunked(200, "application/json"), "{\"a\":\""));
		assertTimesOut("total-timeout of 400 ms", () -> chat(factory));
	}

	@ParameterizedTest
	@MethodSource("factories")
	void streamWithoutContentIsLeftAfterTheFirstTokenTimeout(String factory) {
		limits(null, SHORT, null, null);
		this.server.always(dribble(FakeAnswer.chunked(200, "text/event-stream"), ": keep-alive\n\n"));
		assertTimesOut("first-token-timeout of 150 ms", () -> stream(factory));
	}

	@ParameterizedTest
	@MethodSource("factories")
	void streamThatStallsIsLeftAfterTheIdleTimeoutAndWhatCameBeforeHasArrived(String factory) {
		limits(null, null, SHORT, null);
		this.server.always(FakeAnswer.chunked(200, "text/event-stream").chunk(GuardedRestClient.DELTA).stall());
		StringBuilder read = new StringBuilder();
		assertTimesOut("idle-timeout of 150 ms", () -> post(factory).exchange((request, response) -> {
			readInto(read, response.getBody());
			return "";
		}));
		assertThat(read).hasToString(GuardedRestClient.DELTA);
	}

	@ParameterizedTest
	@MethodSource("factories")
	void slowStreamIsNotLeftWhileContentKeepsComing(String factory) {
		limits(null, Duration.ofSeconds(2), Duration.ofSeconds(2), null);
		FakeAnswer slow = FakeAnswer.chunked(200, "text/event-stream");
		for (int i = 0; i < 25; i++) {
			slow.chunk(GuardedRestClient.DELTA).pause(Duration.ofMillis(100));
		}
		this.server.always(slow.chunk(GuardedRestClient.STOP));
		assertThat(stream(factory)).isEqualTo(GuardedRestClient.DELTA.repeat(25) + GuardedRestClient.STOP);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@ParameterizedTest
	@MethodSource("factories")
	void limitsOfAStreamDoNotRunWhileTheCallerIsBusy(String factory) {
		limits(null, Duration.ofSeconds(1), Duration.ofSeconds(1), null);
		this.server.always(FakeAnswer.chunked(200, "text/event-stream")
			.chunk(GuardedRestClient.DELTA)
			.hold()
			.chunk(GuardedRestClient.STOP));
		String read = post(factory).exchange((request, response) -> {
			InputStream body = response.getBody();
			int length = GuardedRestClient.DELTA.length();
			String beginning = new String(body.readNBytes(length), StandardCharsets.UTF_8);
			pause(Duration.ofMillis(1500));
			this.server.proceed();
			return beginning + new String(body.readAllBytes(), StandardCharsets.UTF_8);
		});
		assertThat(read).isEqualTo(GuardedRestClient.DELTA + GuardedRestClient.STOP);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@ParameterizedTest
	@MethodSource("factories")
	void callerThatClosesAStalledStreamGoesOnAtOnce(String factory) {
		limits(null, null, Duration.ofMinutes(1), null);
		this.server.always(FakeAnswer.chunked(200, "text/event-stream").chunk(GuardedRestClient.DELTA).stall());
		String read = post(factory)
			.exchange((request, response) -> new String(response.getBody().readNBytes(GuardedRestClient.DELTA.length()),
					StandardCharsets.UTF_8));
		assertThat(read).isEqualTo(GuardedRestClient.DELTA);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.CANCELLED);
	}

	@ParameterizedTest
	@MethodSource("factories")
	void answerThatIsClosedUnreadWhileItStallsIsClosedInTime(String factory) {
		limits(null, null, null, Duration.ofSeconds(1));
		this.server.always(FakeAnswer.chunked(200, "text/event-stream").chunk(GuardedRestClient.DELTA).stall());
		post(factory).retrieve().toBodilessEntity();
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@ParameterizedTest
	@MethodSource("factories")
	void callerThatIsInterruptedLeavesAtOnce(String factory) {
		limits(Duration.ofMinutes(1), null, null, null);
		this.server.always(FakeAnswer.silence());
		AtomicReference<Thread> caller = new AtomicReference<>();
		CompletableFuture<Boolean> call = CompletableFuture.supplyAsync(() -> {
			caller.set(Thread.currentThread());
			assertThatExceptionOfType(ResourceAccessException.class).isThrownBy(() -> chat(factory))
				.withCauseInstanceOf(InterruptedIOException.class);
			return Thread.interrupted();
		});
		this.server.takeRequest();
		caller.get().interrupt();
		assertThat(call).succeedsWithin(PATIENCE).isEqualTo(true);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.CANCELLED);
	}

	@ParameterizedTest
	@MethodSource("factories")
	void callerThatIsInterruptedWhileReadingLeavesAtOnce(String factory) {
		limits(null, null, Duration.ofMinutes(1), null);
		this.server.always(FakeAnswer.chunked(200, "text/event-stream").chunk(GuardedRestClient.DELTA).stall());
		Thread[] caller = new Thread[1];
		CompletableFuture<Void> beginning = new CompletableFuture<>();
		CompletableFuture<Boolean> call = CompletableFuture
			.supplyAsync(() -> post(factory).exchange((req, response) -> {
				caller[0] = Thread.currentThread();
				response.getBody().readNBytes(GuardedRestClient.DELTA.length());
				beginning.complete(null);
				assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> response.getBody().read());
				return Thread.interrupted();
			}));
		assertThat(beginning).succeedsWithin(PATIENCE);
		caller[0].interrupt();
		assertThat(call).succeedsWithin(PATIENCE).isEqualTo(true);
	}

	@ParameterizedTest
	@MethodSource("factories")
	void readerWakesUpWhenAnotherThreadClosesTheBody(String factory) {
		limits(null, null, Duration.ofMinutes(1), null);
		this.server.always(FakeAnswer.chunked(200, "text/event-stream").chunk(GuardedRestClient.DELTA).stall());
		Boolean closed = post(factory).exchange((request, response) -> {
			InputStream body = response.getBody();
			body.readNBytes(GuardedRestClient.DELTA.length());
			CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> close(body));
			assertThatExceptionOfType(IOException.class).isThrownBy(body::read);
			assertThat(closing).succeedsWithin(PATIENCE);
			assertThatExceptionOfType(IOException.class).isThrownBy(body::read);
			return true;
		});
		assertThat(closed).isTrue();
	}

	@ParameterizedTest
	@MethodSource("factories")
	void fallbackAnswersAfterATimeout(String factory) {
		limits(Duration.ofMillis(700), null, null, null);
		this.guarded.fallbacks(new FallbackModel(null, "spare"));
		this.server.enqueue(FakeAnswer.silence(), FakeAnswer.json(200, GuardedRestClient.ANSWER));
		assertThat(chat(factory)).isEqualTo(GuardedRestClient.ANSWER);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.TIMEOUT, OutcomeKind.SUCCESS);
	}

	@ParameterizedTest
	@MethodSource("factories")
	void totalTimeoutCoversAllAttempts(String factory) {
		limits(null, null, null, Duration.ofSeconds(1));
		this.guarded.retries(5);
		this.server.enqueue(FakeAnswer.json(500, GuardedRestClient.OVERLOADED), FakeAnswer.silence());
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> chat(factory));
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.OVERLOADED, OutcomeKind.TIMEOUT);
		assertThat(this.server.requestCount()).isEqualTo(2);
	}

	@ParameterizedTest
	@MethodSource("factories")
	void callIsTheCurrentOneForWhatItDoesOnAnotherThread(String factory) {
		limits(PATIENCE, null, null, null);
		this.server.always(FakeAnswer.json(200, GuardedRestClient.ANSWER));
		AtomicReference<CallPermit> inside = new AtomicReference<>();
		AtomicReference<String> thread = new AtomicReference<>();
		AtomicReference<ClassLoader> loader = new AtomicReference<>();
		RestClient client = this.guarded.builder(RequestFactories.create(factory))
			.requestInterceptor((request, body, execution) -> {
				inside.set(CallPermit.current());
				thread.set(Thread.currentThread().getName());
				loader.set(Thread.currentThread().getContextClassLoader());
				return execution.execute(request, body);
			})
			.build();
		assertThat(post(client).retrieve().body(String.class)).isEqualTo(GuardedRestClient.ANSWER);
		assertThat(inside.get()).isNotNull();
		assertThat(thread.get()).startsWith(THREADS);
		assertThat(loader.get()).isSameAs(Thread.currentThread().getContextClassLoader());
		assertThat(CallPermit.current()).isNull();
	}

	/** All clients at once: it takes as long as callers are kept waiting. */
	@Test
	void errorWhoseBodyStallsIsHandedOnAfterAWhile() {
		this.server.always(FakeAnswer.status(503).header("Content-Length", "99").raw("beginning").stall());
		Executor threads = (work) -> new Thread(work, "stalled-caller").start();
		List<CompletableFuture<String>> calls = factories()
			.map((factory) -> CompletableFuture.supplyAsync(() -> beginning(post(factory)), threads))
			.toList();
		assertThat(calls)
			.allSatisfy((call) -> assertThat(call).succeedsWithin(PATIENCE.multipliedBy(3)).isEqualTo("503 beginning"));
		assertThat(this.guarded.kinds()).hasSize(calls.size()).containsOnly(OutcomeKind.OVERLOADED);
	}

	@Test
	void errorWhoseBodyStallsIsRetriedAfterAWhile() {
		this.guarded.retries(1);
		this.server.enqueue(FakeAnswer.status(503).header("Content-Length", "99").raw("beginning").stall(),
				FakeAnswer.json(200, GuardedRestClient.ANSWER));
		assertThat(chat("jdk")).isEqualTo(GuardedRestClient.ANSWER);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.OVERLOADED, OutcomeKind.SUCCESS);
	}

	private static String beginning(RestClient.RequestBodySpec request) {
		return request.exchange((sent, response) -> response.getStatusCode().value() + " "
				+ new String(response.getBody().readNBytes("beginning".length()), StandardCharsets.UTF_8));
	}

	@ParameterizedTest
	@MethodSource("factories")
	void withoutLimitsEverythingHappensOnTheCallersThread(String factory) {
		this.server.always(FakeAnswer.json(200, GuardedRestClient.ANSWER));
		AtomicReference<Thread> thread = new AtomicReference<>();
		RestClient client = this.guarded.builder(RequestFactories.create(factory))
			.requestInterceptor((request, body, execution) -> {
				thread.set(Thread.currentThread());
				return execution.execute(request, body);
			})
			.build();
		post(client).retrieve().toBodilessEntity();
		assertThat(thread.get()).isSameAs(Thread.currentThread());
	}

	private void limits(@Nullable Duration response, @Nullable Duration firstToken, @Nullable Duration idle,
			@Nullable Duration total) {
		this.guarded.timeouts(new TimeoutPolicy(response, firstToken, idle, total));
	}

	private void assertTimesOut(String limit, ThrowingCall call) {
		assertThatExceptionOfType(Exception.class).isThrownBy(call::run)
			.havingCause()
			.isInstanceOf(SocketTimeoutException.class)
			.withMessage("Call to 'mine:m' exceeded its " + limit);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.TIMEOUT);
	}

	private String chat(String factory) {
		return post(factory).retrieve().body(String.class);
	}

	private String stream(String factory) {
		StringBuilder read = new StringBuilder();
		return post(factory).exchange((request, response) -> {
			readInto(read, response.getBody());
			return read.toString();
		});
	}

	private static void readInto(StringBuilder read, InputStream body) throws IOException {
		byte[] bytes = new byte[1024];
		for (int count = body.read(bytes); count >= 0; count = body.read(bytes)) {
			read.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
		}
	}

	private RestClient.RequestBodySpec post(String factory) {
		return post(this.guarded.client(factory));
	}

	private RestClient.RequestBodySpec post(RestClient client) {
		return client.post().uri(this.server.url() + GuardedRestClient.PATH).body(GuardedRestClient.REQUEST);
	}

	private static void close(InputStream body) {
		try {
			body.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void pause(Duration time) {
		CompletableFuture<Void> never = new CompletableFuture<>();
		assertThat(never.completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS)).succeedsWithin(PATIENCE);
	}

	private static FakeAnswer dribble(FakeAnswer answer, String piece) {
		FakeAnswer slow = answer;
		for (int i = 0; i < 100; i++) {
			slow = slow.chunk(piece).pause(Duration.ofMillis(20));
		}
		return slow.cut();
	}

	private static List<List<StackTraceElement>> busyThreads() {
		return Thread.getAllStackTraces()
			.entrySet()
			.stream()
			.filter((thread) -> thread.getKey().getName().startsWith(THREADS))
			.map((thread) -> List.of(thread.getValue()))
			.filter((stack) -> stack.stream()
				.anyMatch((frame) -> frame.getClassName().startsWith("io.github.llmbreaker")))
			.toList();
	}

	private interface ThrowingCall {

		void run() throws Exception;

	}

}
