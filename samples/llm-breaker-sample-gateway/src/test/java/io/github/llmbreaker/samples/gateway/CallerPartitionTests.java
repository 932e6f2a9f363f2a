// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import io.github.llmbreaker.testing.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Callers whose calls have breakers of their own.
 */
class CallerPartitionTests {

	private static final String DEAD = "dead-upstream-key";

	/** Enough to open any breaker. */
	private static final int MANY = 6;

	private final FakeLlmServer server = FakeLlmServer.start().always(CallerPartitionTests::byKey);

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void oneCallersDeadKeyStopsNobodyElse() {
		try (ConfigurableApplicationContext context = start("gateway.partition=caller")) {
			assertThat(statuses(context, "secret-a", DEAD)).startsWith(401).endsWith(503);
			assertThat(statuses(context, "secret-b", "good")).containsOnly(200);
			assertThat(names(context)).containsExactlyInAnyOrder("openai@team-a", "openai@team-a:m", "openai@team-b",
					"openai@team-b:m");
			assertThat(context.getBean(LlmBreakers.class).find("openai@team-a").map(LlmBreaker::state))
				.contains(BreakerState.OPEN);
		}
	}

	@Test
	void failuresOfOneCallersModelAreItsOwn() {
		this.server.always((request) -> FakeAnswer.status(request.text().contains("mine") ? 500 : 200));
		try (ConfigurableApplicationContext context = start("gateway.partition=caller")) {
			assertThat(IntStream.range(0, MANY).map((call) -> ask(context, "secret-a", "k", "mine").status()).boxed())
				.endsWith(503);
			assertThat(ask(context, "secret-b", "k", "mine").status()).isEqualTo(500);
		}
	}

	@Test
	void endpointAndAnswersShowCallersByNameAndNeverByKey() {
		try (ConfigurableApplicationContext context = start("gateway.partition=caller")) {
			statuses(context, "secret-a", DEAD);
			Wire rejected = ask(context, "secret-a", DEAD, "m");
			assertThat(rejected.head()).contains("retry-after: ");
			assertThat(rejected.body()).contains("'openai@team-a' is open after AUTH");
			assertThat(ask(context, "secret-b", "good", "m").head()).contains("x-llm-breaker-target: openai@team-b:m");
			int management = context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
			for (String path : List.of("/actuator/llmbreakers", "/actuator/llmbreakers/openai@team-a",
					"/actuator/llmbreakers/openai@team-a:m", "/actuator/metrics/llm.breaker.calls")) {
				Wire shown = Wire.exchange(management, "GET " + path + " HTTP/1.1\r\nHost: gateway\r\n\r\n");
				assertThat(shown.status()).as(path).isEqualTo(200);
				assertThat(shown.body()).contains("team-a").doesNotContain("secret", DEAD, "good");
			}
		}
	}

	@Test
	void formsAreTheirCallersToo() {
		try (ConfigurableApplicationContext context = start("gateway.partition=caller")) {
			String form = "--x\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n--x--\r\n";
			Wire answer = Wire.exchange(port(context),
					"POST /v1/audio/transcriptions HTTP/1.1\r\nHost: gateway\r\nx-gateway-key: secret-b\r\n"
							+ "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: "
							+ form.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + form);
			assertThat(answer.status()).isEqualTo(200);
			assertThat(names(context)).contains("openai@team-b:whisper-1");
		}
	}

	@Test
	void fallbacksStayWithTheCaller() {
		this.server.always((request) -> FakeAnswer.status(request.text().contains("\"m\"") ? 503 : 200));
		try (ConfigurableApplicationContext context = start("gateway.partition=caller",
				"llm-breaker.defaults.fallbacks=spare")) {
			assertThat(ask(context, "secret-a", "own", "m").head())
				.contains("x-llm-breaker-target: openai@team-a:spare");
			assertThat(this.server.requests()).extracting((request) -> request.header("authorization"))
				.containsOnly("Bearer own");
		}
	}

	@Test
	void callersShareBreakersUnlessToldOtherwise() {
		try (ConfigurableApplicationContext context = start()) {
			assertThat(statuses(context, "secret-a", DEAD)).endsWith(503);
			assertThat(statuses(context, "secret-b", "good")).containsOnly(503);
			assertThat(names(context)).containsExactlyInAnyOrder("openai", "openai:m");
		}
	}

	@Test
	void callersWhoBringTheirOwnKeysCanBeToldApartByThem() {
		try (ConfigurableApplicationContext context = run("llm-breaker.partition=credential")) {
			assertThat(statuses(context, "none", DEAD)).endsWith(503);
			assertThat(statuses(context, "none", "good")).containsOnly(200);
			assertThat(names(context)).allSatisfy((name) -> assertThat(name).matches("openai@[0-9a-f]{8}(:m)?"));
		}
	}

	@Test
	void saysWhatIsMissingToTellCallersApart() {
		assertThatThrownBy(() -> run("gateway.partition=caller")).rootCause()
			.hasMessageContaining("'gateway.keys.<name>' must say");
		assertThatThrownBy(() -> run("gateway.keys[a:b]=secret")).rootCause()
			.hasMessageContaining("'gateway.keys'")
			.hasMessageContaining("'a:b'")
			.hasMessageNotContaining("secret");
	}

	private static FakeAnswer byKey(RecordedRequest request) {
		return ("Bearer " + DEAD).equals(request.header("authorization"))
				? Answers.error(401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided")
				: FakeAnswer.json(200, "{}");
	}

	private ConfigurableApplicationContext start(String... properties) {
		return run(Stream
			.concat(Stream.of("gateway.keys.team-a=secret-a", "gateway.keys.team-b=secret-b"), Stream.of(properties))
			.toArray(String[]::new));
	}

	private ConfigurableApplicationContext run(String... properties) {
		Stream<String> common = Stream.of("server.port=0", "management.server.port=0",
				"gateway.upstream.base-url=" + this.server.url() + "/v1", "llm-breaker.defaults.retry.max-retries=0",
				"llm-breaker.defaults.cooldown=1h", "llm-breaker.provider-defaults.cooldown=1h");
		return SpringApplication.run(GatewayApplication.class,
				Stream.concat(common, Stream.of(properties)).map((property) -> "--" + property).toArray(String[]::new));
	}

	private static List<Integer> statuses(ConfigurableApplicationContext context, String key, String upstreamKey) {
		return IntStream.range(0, MANY).mapToObj((call) -> ask(context, key, upstreamKey, "m").status()).toList();
	}

	private static Wire ask(ConfigurableApplicationContext context, String key, String upstreamKey, String model) {
		return Wire.post(port(context), "/v1/embeddings", "{\"model\":\"" + model + "\"}", "x-gateway-key: " + key,
				"Authorization: Bearer " + upstreamKey);
	}

	private static int port(ConfigurableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private static List<String> names(ConfigurableApplicationContext context) {
		return context.getBean(LlmBreakers.class).all().stream().map(LlmBreaker::name).toList();
	}

}
