// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.alert;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.FleetStatus;
import io.github.llmbreaker.breaker.SharedState;
import io.github.llmbreaker.breaker.StateChange;
import io.github.llmbreaker.breaker.TestRegistry;
import io.github.llmbreaker.breaker.VirtualTime;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AlertBreakerListener} with receivers of all kinds. Only time is
 * virtual: a step does what is due, on the thread of the test.
 */
@ExtendWith(OutputCaptureExtension.class)
class AlertBreakerListenerTests {

	private static final LlmTarget MINI = new LlmTarget("openai", "chat.completions", "gpt-4.1-mini");

	private static final LlmTarget CLAUDE = new LlmTarget("anthropic", "chat.completions", "claude-sonnet-4-5");

	private static final Duration PATIENT = Duration.ofSeconds(20);

	private final JsonMapper json = new JsonMapper();

	private final VirtualTime time = new VirtualTime();

	private final FakeLlmServer receiver = FakeLlmServer.start().always(FakeAnswer.status(200));

	private AlertSettings settings = new AlertSettings("shop", Set.of(BreakerState.OPEN, BreakerState.CLOSED),
			Duration.ofSeconds(30), "https://ops.example/actuator/llmbreakers", false);

	private @Nullable FleetStatus fleet;

	private AlertDelivery delivery = delivery(AlertFormat.WEBHOOK, url(), PATIENT);

	private BreakerRegistry registry = TestRegistry.create(this.time, listener());

	@AfterEach
	void close() {
		this.delivery.abandon();
		this.receiver.close();
	}

	@Test
	void openingIsToldWithEverythingThereIsToSay() throws Exception {
		TestRegistry.calls(this.registry, TestRegistry.TARGET, 2, TestRegistry.SUCCESS);
		open(TestRegistry.TARGET);
		TestRegistry.reject(this.registry, TestRegistry.TARGET);
		JsonNode message = next();
		assertThat(message.path("text").asString()).isEqualTo("openai:gpt-4.1 is open");
		assertThat(message.path("application").asString()).isEqualTo("shop");
		assertThat(message.path("provider").asString()).isEqualTo("openai");
		assertThat(message.path("mode").asString()).isEqualTo("ENFORCE");
		assertThat(message.path("alerts")).hasSize(1);
		JsonNode alert = message.path("alerts").get(0);
		assertThat(alert.path("breaker").asString()).isEqualTo("openai:gpt-4.1");
		assertThat(alert.path("scope").asString()).isEqualTo("MODEL");
		assertThat(alert.path("model").asString()).isEqualTo("gpt-4.1");
		assertThat(alert.path("from").asString()).isEqualTo("CLOSED");
		assertThat(alert.path("state").asString()).isEqualTo("OPEN");
		assertThat(alert.path("openedBy").asString()).isEqualTo("OVERLOADED");
		assertThat(alert.path("status").asInt()).isEqualTo(529);
		assertThat(alert.path("cause").asString())
			.isEqualTo("5 of 7 calls got 529 (OVERLOADED) within 0 s; last hint 40 s");
		assertThat(alert.path("why")).hasSize(5);
		assertThat(alert.path("why").get(0)).hasToString("""
				{"at":"2026-11-20T10:00:00Z","kind":"OVERLOADED","status":529,"retryAfterMillis":40000}""");
		assertThat(alert.path("at").asString()).isEqualTo("2026-11-20T10:00:00Z");
		assertThat(alert.path("until").asString()).isEqualTo("2026-11-20T10:00:40Z");
		assertThat(alert.path("spared").path("calls").asInt()).isEqualTo(1);
		assertThat(alert.path("link").asString())
			.isEqualTo("https://ops.example/actuator/llmbreakers#openai%3Agpt-4.1");
		assertThat(this.receiver.requests().get(0).header("Content-Type")).startsWith("application/json");
	}

	@Test
	void onlyBeginningAndEndOfAnOutageAreTold() throws Exception {
		open(TestRegistry.TARGET);
		assertThat(next().path("text").asString()).isEqualTo("openai:gpt-4.1 is open");
		for (int i = 0; i < 3; i++) {
			this.time.advanceSeconds(300);
			TestRegistry.calls(this.registry, TestRegistry.TARGET, 1, TestRegistry.FAILURE);
		}
		TestRegistry.reject(this.registry, TestRegistry.TARGET);
		settle();
		assertThat(this.receiver.requestCount()).isEqualTo(1);
		this.time.advanceSeconds(300);
		TestRegistry.calls(this.registry, TestRegistry.TARGET, 3, TestRegistry.SUCCESS);
		JsonNode message = next();
		assertThat(message.path("text").asString()).isEqualTo("openai:gpt-4.1 is closed again after 20 min");
		JsonNode alert = message.path("alerts").get(0);
		assertThat(alert.path("outageMillis").asLong()).isBetween(1_200_000L, 1_210_000L);
		assertThat(alert.path("spared").path("calls").asInt()).isEqualTo(1);
		assertThat(alert.path("cause").asString()).startsWith("5 calls got 529 (OVERLOADED)");
		assertThat(alert.path("until").isMissingNode()).isTrue();
	}

	@Test
	void tenModelsOfOneProviderAreOneMessage() throws Exception {
		IntStream.range(0, 10).forEach((i) -> open(LlmTarget.of("openai", "model-" + i)));
		open(CLAUDE);
		this.time.advanceSeconds(1);
		settle();
		assertThat(this.receiver.requestCount()).isEqualTo(2);
		JsonNode message = read(0);
		assertThat(message.path("text").asString()).isEqualTo("openai: 10 breakers are open");
		assertThat(message.path("alerts")).hasSize(10);
		assertThat(read(1).path("provider").asString()).isEqualTo("anthropic");
	}

	@Test
	void whatHappensTooEarlyIsPutTogether() throws Exception {
		open(TestRegistry.TARGET);
		next();
		Breaker breaker = this.registry.find("openai:gpt-4.1").orElseThrow();
		breaker.close();
		open(TestRegistry.TARGET);
		breaker.close();
		open(MINI);
		this.time.advanceSeconds(28);
		settle();
		assertThat(this.receiver.requestCount()).isEqualTo(1);
		this.time.advanceSeconds(2);
		settle();
		JsonNode message = read(1);
		assertThat(message.path("text").asString()).isEqualTo("openai: 1 breaker is open, 1 closed again");
		JsonNode alert = message.path("alerts").get(0);
		assertThat(alert.path("state").asString()).isEqualTo("CLOSED");
		assertThat(alert.path("changes").asInt()).isEqualTo(3);
		assertThat(alert.path("from").asString()).isEqualTo("OPEN");
		this.time.advanceSeconds(60);
		settle();
		assertThat(this.receiver.requestCount()).isEqualTo(2);
	}

	@Test
	void onlyWhatIsAskedForIsTold() throws Exception {
		this.settings = new AlertSettings("shop", Set.of(BreakerState.FORCED_OPEN), Duration.ZERO, null, true);
		restart(AlertFormat.WEBHOOK, url(), PATIENT);
		open(TestRegistry.TARGET);
		this.time.advanceSeconds(1);
		settle();
		assertThat(this.receiver.requestCount()).isZero();
		this.registry.find("openai:gpt-4.1").orElseThrow().forceOpen(null);
		JsonNode message = next();
		assertThat(message.path("text").asString()).isEqualTo("openai:gpt-4.1 would be forced open");
		assertThat(message.path("alerts").get(0).path("link").isMissingNode()).isTrue();
	}

	@Test
	void whatAnotherInstanceFoundOutIsToldThere() throws Exception {
		Breaker breaker = TestRegistry.open(TestRegistry.create(this.time), TestRegistry.TARGET);
		listener().onStateChange(breaker, new StateChange(BreakerState.CLOSED, BreakerState.OPEN,
				OutcomeKind.OVERLOADED, 529, 0, Duration.ofSeconds(30), null, VirtualTime.START, true));
		this.time.advanceSeconds(1);
		settle();
		assertThat(this.receiver.requestCount()).isZero();
	}

	@Test
	void whatSeveralFoundOutAtOnceIsToldByTheFirst() throws Exception {
		this.fleet = fleet(true, "other");
		open(TestRegistry.TARGET);
		this.time.advanceSeconds(1);
		settle();
		assertThat(this.receiver.requestCount()).as("the other one tells it").isZero();
		this.registry.find("openai:gpt-4.1").orElseThrow().close();
		this.time.advanceSeconds(30);
		settle();
		JsonNode message = read(0);
		assertThat(message.path("text").asString()).startsWith("openai:gpt-4.1 is closed again");
		assertThat(message.path("fleet")).hasToString(
				"{\"connected\":true,\"since\":\"2026-11-20T10:00:00Z\",\"instance\":\"this\",\"instances\":[\"other\",\"this\"]}");
	}

	@Test
	void whoIsAloneTellsEverything() throws Exception {
		restart(AlertFormat.SLACK, url(), PATIENT);
		this.fleet = fleet(false, "other");
		open(TestRegistry.TARGET);
		assertThat(next().path("blocks").get(2).toString())
			.contains("\"shop, instance this, not connected to its fleet\"");
		this.fleet = fleet(true, "this");
		open(CLAUDE);
		assertThat(next().path("blocks").get(2).toString()).contains("\"shop, instance this of 2\"");
	}

	@Test
	void whatWaitsIsForgottenOnceAnotherInstanceHasMoreToTell() throws Exception {
		open(MINI);
		next();
		Breaker breaker = TestRegistry.open(this.registry, TestRegistry.TARGET);
		breaker.adopt(new SharedState(BreakerState.CLOSED, null, null, null, false, 0));
		this.time.advanceSeconds(60);
		settle();
		assertThat(this.receiver.requestCount()).isEqualTo(1);
	}

	@Test
	void slackGetsBlocksInWhichNamesAreOnlyText() throws Exception {
		restart(AlertFormat.SLACK, url(), PATIENT);
		open(LlmTarget.of("openai", "<!channel> & \"co\""));
		JsonNode message = next();
		assertThat(message.path("text").asString()).isEqualTo("openai:&lt;!channel&gt; &amp; \"co\" is open");
		assertThat(message.path("blocks").get(0).path("type").asString()).isEqualTo("section");
		String section = message.path("blocks").get(1).path("text").path("text").asString();
		assertThat(section).startsWith(
				"<https://ops.example/actuator/llmbreakers#openai%3A%3C%21channel%3E%20%26%20%22co%22|openai:&lt;!channel")
			.contains("5 calls got 529 (OVERLOADED) within 0 s; last hint 40 s. Probes at 2026-11-20T10:00:40Z.");
		assertThat(message.path("blocks").get(2).path("type").asString()).isEqualTo("context");
	}

	@Test
	void slackIsNotFloodedByAHundredModels() throws Exception {
		restart(AlertFormat.SLACK, url(), PATIENT);
		IntStream.range(0, 100).forEach((i) -> open(LlmTarget.of("openai", "m".repeat(190) + i)));
		JsonNode message = next();
		assertThat(message.path("blocks")).hasSize(12);
		assertThat(message.path("blocks").get(11).toString()).contains("and 90 more breakers");
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 503, 408, 429 })
	void isToldAgainWhenTheReceiverFails(int status) throws Exception {
		this.receiver.enqueue(FakeAnswer.status(status), FakeAnswer.status(status));
		open(TestRegistry.TARGET);
		this.time.advanceSeconds(1);
		settle();
		this.time.advance(Duration.ofMillis(900));
		settle();
		assertThat(this.receiver.requestCount()).isEqualTo(1);
		this.time.advance(Duration.ofMillis(100));
		settle();
		assertThat(this.receiver.requestCount()).isEqualTo(2);
		this.time.advanceSeconds(2);
		settle();
		assertThat(this.receiver.requestCount()).isEqualTo(3);
		assertThat(read(2)).isEqualTo(read(0));
		this.time.advanceSeconds(100);
		settle();
		assertThat(this.receiver.requestCount()).isEqualTo(3);
	}

	@Test
	void waitsAsLongAsTheReceiverAsks() throws Exception {
		this.receiver.enqueue(FakeAnswer.status(429).header("Retry-After", "20"));
		open(TestRegistry.TARGET);
		this.time.advanceSeconds(1);
		settle();
		this.time.advanceSeconds(19);
		settle();
		assertThat(this.receiver.requestCount()).isEqualTo(1);
		this.time.advanceSeconds(1);
		settle();
		assertThat(this.receiver.requestCount()).isEqualTo(2);
	}

	@Test
	void whatIsRefusedIsNotToldAgainAndTheNextOneIs(CapturedOutput output) throws Exception {
		this.receiver.enqueue(FakeAnswer.status(404));
		open(TestRegistry.TARGET);
		this.time.advanceSeconds(60);
		settle();
		assertThat(this.receiver.requestCount()).isEqualTo(1);
		assertThat(output).contains("The WEBHOOK receiver of alerts does not take them: it answered with status 404")
			.doesNotContain("secret-token")
			.doesNotContain("localhost:" + this.receiver.port());
		open(CLAUDE);
		this.time.advanceSeconds(1);
		settle();
		assertThat(this.receiver.requestCount()).isEqualTo(2);
		assertThat(output).contains("The WEBHOOK receiver of alerts takes them again");
	}

	@Test
	void deadReceiverIsGivenUpAfterSixAttempts(CapturedOutput output) throws Exception {
		URI dead = URI.create("http://localhost:" + freePort() + "/hook/secret-token");
		restart(AlertFormat.WEBHOOK, dead, PATIENT);
		open(TestRegistry.TARGET);
		for (int i = 0; i < 40; i++) {
			this.time.advanceSeconds(1);
			settle();
		}
		assertThat(this.delivery.step()).isEqualTo(Long.MAX_VALUE);
		assertThat(output.getOut().split("does not take them", -1)).hasSize(2);
		assertThat(output).contains("ConnectException").doesNotContain("secret-token");
	}

	@Test
	void silentReceiverIsGivenUpAfterTheTimeLimit() throws Exception {
		this.receiver.enqueue(FakeAnswer.silence());
		restart(AlertFormat.WEBHOOK, url(), Duration.ofMillis(300));
		open(TestRegistry.TARGET);
		this.time.advanceSeconds(1);
		assertThat(this.delivery.step()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(1).toNanos());
		this.receiver.awaitDisconnect();
	}

	@Test
	void answerThatNeverEndsIsAnAnswer() throws Exception {
		this.receiver.enqueue(FakeAnswer.chunked(200, "text/plain").chunk("ok").hold());
		open(TestRegistry.TARGET);
		this.time.advanceSeconds(1);
		settle();
		this.time.advanceSeconds(60);
		settle();
		assertThat(this.receiver.requestCount()).isEqualTo(1);
	}

	@Test
	void moreThanTheQueueHoldsIsDropped() throws Exception {
		AlertQueue queue = new AlertQueue(this.settings);
		for (int i = 0; i < 600; i++) {
			Breaker breaker = TestRegistry.open(TestRegistry.create(this.time), LlmTarget.of("openai", "m" + i));
			queue.add(Alert.of(breaker, new StateChange(BreakerState.CLOSED, BreakerState.OPEN, null, null, 0, null,
					null, VirtualTime.START, false), Alert.Outage.of(breaker)), this.time.nanos());
		}
		this.time.advanceSeconds(1);
		AlertMessage message = queue.poll(this.time.nanos(), false);
		assertThat(message).isNotNull();
		assertThat(message.alerts()).hasSize(500);
	}

	@Test
	void nothingOfTheUrlIsShown() {
		assertThat(new AlertReceiver(AlertFormat.SLACK, url())).hasToString("AlertReceiver[SLACK]");
	}

	private static FleetStatus fleet(boolean connected, String opener) {
		return new FleetStatus(connected, VirtualTime.START, "this", List.of("other", "this"),
				Map.of("openai:gpt-4.1", opener), Map.of());
	}

	private AlertBreakerListener listener() {
		return new AlertBreakerListener(this.settings, List.of(this.delivery));
	}

	private AlertDelivery delivery(AlertFormat format, URI url, Duration limit) {
		return new AlertDelivery(new AlertReceiver(format, url), new AlertQueue(this.settings), new AlertSender(limit),
				this.time, (task) -> new Thread(() -> {
				}), () -> this.fleet);
	}

	private void restart(AlertFormat format, URI url, Duration limit) {
		this.delivery = delivery(format, url, limit);
		this.registry = TestRegistry.create(this.time, listener());
	}

	private URI url() {
		return URI.create(this.receiver.url() + "/hook/secret-token");
	}

	private void open(LlmTarget target) {
		TestRegistry.calls(this.registry, target, 5,
				new CallOutcome(OutcomeKind.OVERLOADED, OutcomeScope.MODEL, true, Duration.ofSeconds(40), 529));
	}

	/** Does all that is due. */
	private void settle() throws InterruptedException {
		long wait = 0;
		while (wait == 0) {
			wait = this.delivery.step();
		}
	}

	private JsonNode next() throws InterruptedException {
		this.time.advanceSeconds(1);
		settle();
		return read(this.receiver.requestCount() - 1);
	}

	private JsonNode read(int request) {
		return this.json.readTree(this.receiver.requests().get(request).text());
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

}
