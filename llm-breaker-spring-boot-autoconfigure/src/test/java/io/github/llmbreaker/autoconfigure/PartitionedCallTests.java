// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.actuate.endpoint.BreakerDescriptor;
import io.github.llmbreaker.actuate.endpoint.LlmBreakersEndpoint;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.call.LlmCall;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import io.github.llmbreaker.testing.RecordedRequest;
import io.github.llmbreaker.testing.Secrets;
import io.github.llmbreaker.webclient.LlmBreakerExchangeFilterFunction;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Calls with different API keys have breakers of their own if that is wanted.
 */
@ExtendWith(OutputCaptureExtension.class)
class PartitionedCallTests {

	private static final String DEAD = Secrets.of("dead");

	private static final String GOOD = Secrets.of("good");

	private static final String ANSWER = """
			{"id":"c1","object":"chat.completion","model":"m","choices":[{"index":0,\
			"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}]}""";

	private static final String UNAUTHORIZED = """
			{"error":{"message":"Incorrect API key provided","type":"invalid_request_error","code":"invalid_api_key"}}""";

	private final FakeLlmServer server = FakeLlmServer.start();

	private final FakeLlmServer other = FakeLlmServer.start();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmBreakerAutoConfiguration.class,
				LlmBreakerWebClientAutoConfiguration.class, LlmBreakerRestClientAutoConfiguration.class,
				LlmBreakerOkHttpAutoConfiguration.class, LlmBreakerLangChain4jAutoConfiguration.class,
				LlmBreakerMetricsAutoConfiguration.class, LlmBreakerEndpointAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class, () -> this.meters)
		.withPropertyValues("management.endpoints.web.exposure.include=*",
				"llm-breaker.providers.openai.base-urls=" + this.server.url() + "/v1",
				"llm-breaker.provider-defaults.opening-rule=threshold",
				"llm-breaker.provider-defaults.failure-threshold=3", "llm-breaker.provider-defaults.window=0s");

	@BeforeEach
	void answer() {
		this.server.always(PartitionedCallTests::byKey);
		this.other.always(FakeAnswer.json(200, ANSWER));
	}

	@AfterEach
	void stop() {
		this.server.close();
		this.other.close();
	}

	@ParameterizedTest
	@EnumSource
	void deadKeyConcernsNobodyElse(PartitionClient client) {
		partitioned().run((context) -> {
			callThreeTimes(client, context, DEAD);
			assertThat(rejection(client, context, DEAD).getMessage())
				.startsWith("Circuit breaker '%s' is open after AUTH".formatted(partition(DEAD)));
			assertThat(client.chat(context, base(), GOOD, "gpt-4.1")).isEqualTo(200);
			assertThat(names(context)).containsExactlyInAnyOrder(partition(DEAD), partition(DEAD) + ":gpt-4.1",
					partition(GOOD), partition(GOOD) + ":gpt-4.1");
			assertThat(find(context, partition(GOOD)).state()).isEqualTo(BreakerState.CLOSED);
			assertThat(this.server.requestCount()).isEqualTo(4);
		});
	}

	@ParameterizedTest
	@EnumSource
	void withoutPartitionsADeadKeyStopsAll(PartitionClient client) {
		this.runner.run((context) -> {
			callThreeTimes(client, context, DEAD);
			rejection(client, context, GOOD);
			assertThat(names(context)).containsExactlyInAnyOrder("openai", "openai:gpt-4.1");
			assertThat(tagKeys()).doesNotContain("partition");
		});
	}

	@ParameterizedTest
	@EnumSource
	void fallbackAtTheSameProviderStaysWithTheKeyAndAnotherProviderHasItsOwn(PartitionClient client) {
		this.server.always((request) -> FakeAnswer.status(503));
		withOther(partitioned())
			.withPropertyValues("llm-breaker.defaults.fallbacks[0]=openai:gpt-4.1-mini",
					"llm-breaker.defaults.fallbacks[1]=other:big")
			.run((context) -> {
				assertThat(client.chat(context, base(), GOOD, "gpt-4.1")).isEqualTo(200);
				String own = "other@" + fingerprint("key-of-other");
				assertThat(names(context)).contains(partition(GOOD) + ":gpt-4.1", partition(GOOD) + ":gpt-4.1-mini",
						own, own + ":big");
				assertThat(this.meters.get("llm.breaker.fallbacks")
					.tag("to", own + ":big")
					.tag("partition", fingerprint(GOOD))
					.counter()
					.count()).isEqualTo(1);
				assertThat(this.other.takeRequest().header("authorization")).isEqualTo("Bearer key-of-other");
			});
	}

	@ParameterizedTest
	@EnumSource
	void callsWithoutCredentialAreInNoPartition(PartitionClient client) {
		partitioned().run((context) -> {
			assertThat(client.send(context, base() + "/chat/completions", "x-other", "value", "{\"model\":\"m\"}"))
				.isEqualTo(200);
			assertThat(names(context)).containsExactlyInAnyOrder("openai", "openai:m");
			assertThat(this.meters.get("llm.breaker.state").tag("model", "m").gauge().getId().getTag("partition"))
				.isEqualTo("*");
		});
	}

	@ParameterizedTest
	@EnumSource
	void keyOfADialectIsFoundInItsOwnHeader(PartitionClient client) {
		partitioned()
			.withPropertyValues("llm-breaker.providers.claude.dialect=anthropic",
					"llm-breaker.providers.claude.base-urls=" + this.server.url() + "/claude")
			.run((context) -> {
				client.send(context, this.server.url() + "/claude/v1/messages", "X-Api-Key", GOOD,
						"{\"model\":\"claude-opus-4-1\"}");
				assertThat(names(context)).contains("claude@" + fingerprint(GOOD) + ":claude-opus-4-1");
			});
	}

	@Test
	void keyInTheQueryCountsWhereTheDialectHasItThere() {
		partitioned()
			.withPropertyValues("llm-breaker.providers.google-gemini.base-urls=" + this.server.url() + "/google")
			.run((context) -> {
				String path = "/google/v1beta/models/gemini-2.5-pro:generateContent?alt=json&key=" + GOOD;
				PartitionClient.REST_CLIENT.send(context, this.server.url() + path, "x-other", "value", "{}");
				PartitionClient.REST_CLIENT.send(context, base() + "/chat/completions?key=" + GOOD, "x-other", "value",
						"{\"model\":\"m\"}");
				assertThat(names(context)).contains("google-gemini@" + fingerprint(GOOD) + ":gemini-2.5-pro")
					.contains("openai:m");
			});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void partitionAloneLeavesModelAndEndpointToTheRequest(boolean partitioned) {
		(partitioned ? partitioned() : this.runner)
			.withPropertyValues("llm-breaker.isolation=endpoint", "llm-breaker.defaults.fallbacks=gpt-4.1-mini")
			.run((context) -> {
				this.server.enqueue(FakeAnswer.status(503));
				WebClient.builder()
					.filter(context.getBean(LlmBreakerExchangeFilterFunction.class))
					.build()
					.post()
					.uri(base() + "/chat/completions")
					.attribute(LlmTarget.ATTRIBUTE, new LlmTarget("openai@tenant-a", null, null))
					.header("Authorization", "Bearer " + GOOD)
					.bodyValue("{\"model\":\"gpt-4.1\"}")
					.retrieve()
					.toBodilessEntity()
					.block(Duration.ofSeconds(30));
				assertThat(names(context)).containsExactlyInAnyOrder("openai@tenant-a",
						"openai@tenant-a:chat.completions:gpt-4.1", "openai@tenant-a:chat.completions:gpt-4.1-mini");
			});
	}

	@Test
	void partitionThatTheApplicationNamesStays() {
		partitioned().run((context) -> {
			LlmTarget target = LlmTarget.of("openai@Tenant-A", "gpt-4.1");
			WebClient.builder()
				.filter(context.getBean(LlmBreakerExchangeFilterFunction.class))
				.build()
				.post()
				.uri(base() + "/chat/completions")
				.attribute(LlmTarget.ATTRIBUTE, target)
				.header("Authorization", "Bearer " + GOOD)
				.retrieve()
				.toBodilessEntity()
				.block(Duration.ofSeconds(30));
			context.getBean(LlmBreakers.class).call(target, () -> "done");
			assertThat(names(context)).containsExactlyInAnyOrder("openai@Tenant-A", "openai@Tenant-A:gpt-4.1");
			assertThat(find(context, "openai@Tenant-A:gpt-4.1").snapshot().calls().succeeded()).isEqualTo(2);
		});
	}

	@Test
	void partitionHasThePoliciesOfItsProvider() {
		partitioned()
			.withPropertyValues("llm-breaker.policies.premium.models=openai:gpt-4*",
					"llm-breaker.policies.tenant.models=openai@tenant-a:gpt-4*",
					"llm-breaker.providers.openai.breaker.cooldown=47s")
			.run((context) -> {
				PartitionClient.OK_HTTP.chat(context, base(), GOOD, "gpt-4.1");
				context.getBean(BreakerRegistry.class).gate(LlmTarget.of("openai@tenant-a", "gpt-4.1"));
				assertThat(find(context, partition(GOOD) + ":gpt-4.1").policy().name()).isEqualTo("premium");
				assertThat(find(context, "openai@tenant-a:gpt-4.1").policy().name()).isEqualTo("tenant");
				assertThat(find(context, partition(GOOD)).policy().cooldown().base()).isEqualTo(Duration.ofSeconds(47));
				LlmProviders providers = context.getBean(LlmProviders.class);
				assertThat(providers.find(partition(GOOD))).isEqualTo(providers.find("openai")).isPresent();
			});
	}

	@Test
	void metersAndEndpointTellProviderAndPartitionApart() {
		partitioned().run((context) -> {
			PartitionClient.OK_HTTP.chat(context, base(), GOOD, "gpt-4.1");
			assertThat(this.meters.getMeters()).isNotEmpty()
				.allSatisfy((meter) -> assertThat(meter.getId().getTag("provider")).isEqualTo("openai"))
				.allSatisfy((meter) -> assertThat(meter.getId().getTag("partition")).isEqualTo(fingerprint(GOOD)));
			BreakerDescriptor shown = context.getBean(LlmBreakersEndpoint.class)
				.breakers()
				.breakers()
				.get(partition(GOOD) + ":gpt-4.1");
			assertThat(shown.provider()).isEqualTo("openai");
			assertThat(shown.partition()).isEqualTo(fingerprint(GOOD));
		});
	}

	@Test
	void metersWithoutThatTagKeepPartitionsApartByTheProvider() {
		this.runner.run((context) -> {
			LlmBreakers breakers = context.getBean(LlmBreakers.class);
			breakers.call(LlmTarget.of("openai@tenant-a", "gpt-4.1"), () -> "done");
			breakers.call(LlmTarget.of("openai@tenant-b", "gpt-4.1"), () -> "done");
			assertThat(tagKeys()).doesNotContain("partition");
			assertThat(this.meters.get("llm.breaker.state").tag("provider", "openai@tenant-b").gauges()).hasSize(2);
		});
	}

	@Test
	void keysAreNowhereToBeSeen(CapturedOutput output) {
		partitioned().run((context) -> {
			callThreeTimes(PartitionClient.OK_HTTP, context, DEAD);
			LlmCallRejectedException rejection = rejection(PartitionClient.OK_HTTP, context, DEAD);
			List<Object> seen = new ArrayList<>(List.of(rejection, rejection.getTarget(), names(context)));
			this.meters.getMeters().forEach((meter) -> seen.add(meter.getId()));
			seen.add(context.getBean(LlmBreakersEndpoint.class).breakers());
			seen.add(context.getBean(LlmProviders.class).all());
			assertThat(seen.toString()).contains(fingerprint(DEAD)).doesNotContain(Secrets.MARK);
			assertThat(output.getAll()).doesNotContain(Secrets.MARK);
		});
	}

	private ApplicationContextRunner partitioned() {
		return this.runner.withPropertyValues("llm-breaker.partition=credential");
	}

	private ApplicationContextRunner withOther(ApplicationContextRunner given) {
		return given.withPropertyValues("llm-breaker.providers.other.base-urls=" + this.other.url() + "/v1",
				"llm-breaker.providers.other.api-key=key-of-other");
	}

	private String base() {
		return this.server.url() + "/v1";
	}

	private void callThreeTimes(PartitionClient client, AssertableApplicationContext context, String key) {
		for (int i = 0; i < 3; i++) {
			assertThat(client.chat(context, base(), key, "gpt-4.1")).isEqualTo(401);
		}
	}

	private LlmCallRejectedException rejection(PartitionClient client, AssertableApplicationContext context,
			String key) {
		Throwable thrown = catchThrowable(() -> client.chat(context, base(), key, "gpt-4.1"));
		LlmCallRejectedException rejection = LlmCall.rejectionIn(Optional.ofNullable(thrown).orElseThrow());
		assertThat(rejection).as(String.valueOf(thrown)).isNotNull();
		return rejection;
	}

	private Set<String> tagKeys() {
		return this.meters.getMeters()
			.stream()
			.map(Meter::getId)
			.flatMap((id) -> id.getTags().stream())
			.map(Tag::getKey)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static FakeAnswer byKey(RecordedRequest request) {
		return ("Bearer " + DEAD).equals(request.header("authorization")) ? FakeAnswer.json(401, UNAUTHORIZED)
				: FakeAnswer.json(200, ANSWER);
	}

	private static List<String> names(AssertableApplicationContext context) {
		return context.getBean(BreakerRegistry.class).all().stream().map(Breaker::name).toList();
	}

	private static Breaker find(AssertableApplicationContext context, String name) {
		return context.getBean(BreakerRegistry.class).find(name).orElseThrow();
	}

	private static String partition(String key) {
		return "openai@" + fingerprint(key);
	}

	private static String fingerprint(String key) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash).substring(0, 8);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
