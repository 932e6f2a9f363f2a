// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.TestRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is seen of the breakers over HTTP, the same on Spring MVC and Spring WebFlux.
 */
@SpringBootTest(classes = ObservabilityContract.Application.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=llmbreakers,prometheus,health",
				"management.endpoint.health.show-details=always", "llm-breaker.defaults.preset=balanced",
				"llm-breaker.defaults.cooldown-jitter=0", "llm-breaker.policies.premium.models=gpt-4.1*",
				"llm-breaker.policies.premium.cooldown=1m", "llm-breaker.langchain4j.enabled=false",
				"llm-breaker.providers.my-vllm.base-urls=http://vllm.internal:8000/v1",
				"llm-breaker.providers.my-vllm.api-key=sk-secret",
				"llm-breaker.providers.my-vllm.headers.x-tenant=hidden",
				"llm-breaker.providers.openai.base-urls=https://proxy.internal/openai",
				"management.prometheus.metrics.export.enabled=true" })
abstract class ObservabilityContract {

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static final LlmTarget NAMED_WITH_SLASH = LlmTarget.of("openrouter", "meta-llama/Llama-3.1-8B:free");

	private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

	private final JsonMapper json = new JsonMapper();

	@Autowired
	private BreakerRegistry registry;

	@Value("${local.server.port}")
	private int port;

	@AfterEach
	void reset() {
		this.registry.all().forEach(Breaker::reset);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "*/*", "application/json", "application/vnd.spring-boot.actuator.v3+json" })
	void answersWithJsonWhateverIsAccepted(String accept) throws Exception {
		HttpResponse<String> response = get("/actuator/llmbreakers", accept);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type").orElseThrow()).contains("json");
		assertThat(this.json.readTree(response.body()).path("enabled").asBoolean()).isTrue();
	}

	@Test
	void answersABrowserWithAPage() throws Exception {
		HttpResponse<String> response = get("/actuator/llmbreakers", BROWSER);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
		assertThat(response.body()).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "script | */* | text/javascript", "style | text/css,*/*;q=0.1 | text/css" })
	void partsOfThePageComeFromTheEndpoint(String part, String accept, String type) throws Exception {
		HttpResponse<String> response = get("/actuator/llmbreakers?page=" + part, accept);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type").orElseThrow()).isEqualTo(type + ";charset=UTF-8");
		assertThat(response.body()).hasSizeGreaterThan(1000);
		assertThat(get("/actuator/llmbreakers?page=nothing", accept).statusCode()).isEqualTo(404);
	}

	@Test
	void pageIsToldWhetherItMayChangeBreakers() throws Exception {
		HttpResponse<String> response = get("/actuator/llmbreakers?page=access", "application/json");
		assertThat(response.body()).isEqualTo("{\"write\":true}");
		assertThat(response.headers().firstValue("LLM-Breakers-Token")).isEmpty();
	}

	@Test
	void lastHourOfAllBreakersInFewCharacters() throws Exception {
		TestRegistry.open(this.registry, TestRegistry.TARGET);
		JsonNode all = this.json
			.readTree(get("/actuator/llmbreakers?page=timelines&since=0", "application/json").body());
		JsonNode hour = all.path("breakers").path("openai:gpt-4.1");
		long open = hour.path("states").get(hour.path("states").size() - 1).get(1).asLong();
		assertThat(all.path("states").get((int) open).asString()).isEqualTo("OPEN");
		assertThat(hour.path("calls").get(hour.path("calls").size() - 1)).hasSize(5);
		long later = all.path("now").asLong() + 120_000;
		assertThat(get("/actuator/llmbreakers?page=timelines&since=" + later, "application/json").body())
			.contains("\"calls\":[]")
			.doesNotContain("\"calls\":[[");
		assertThat(get("/actuator/llmbreakers?page=timelines&since=soon", "application/json").statusCode())
			.isEqualTo(400);
	}

	@Test
	void oneTellsWhyItIsOpenAndWhatThatSpared() throws Exception {
		TestRegistry.open(this.registry, TestRegistry.TARGET);
		rejectOnce();
		JsonNode breaker = this.json.readTree(get("/actuator/llmbreakers/openai:gpt-4.1", "*/*").body());
		assertThat(breaker.path("why")).hasSize(5);
		assertThat(breaker.path("why").get(0).path("kind").asString()).isEqualTo("OVERLOADED");
		assertThat(breaker.path("why").get(0).path("status").asInt()).isEqualTo(529);
		assertThat(Instant.parse(breaker.path("why").get(0).path("at").asString())).isBefore(Instant.now());
		assertThat(breaker.path("why").get(0).path("retryAfterMillis").isMissingNode()).isTrue();
		assertThat(breaker.path("cause").asString()).startsWith("5 calls got 529 (OVERLOADED) within ");
		assertThat(breaker.path("spared").path("calls").asLong()).isPositive();
		assertThat(breaker.path("spared").path("millis").isIntegralNumber()).isTrue();
		assertThat(breaker.path("history").path("states")).isNotEmpty();
		assertThat(breaker.path("history").path("calls").get(0).path("rejected").isIntegralNumber()).isTrue();
		JsonNode listed = this.json.readTree(get("/actuator/llmbreakers", "*/*").body())
			.path("breakers")
			.path("openai:gpt-4.1");
		assertThat(listed.path("cause").asString()).isEqualTo(breaker.path("cause").asString());
		assertThat(listed.path("why").isMissingNode()).isTrue();
		assertThat(listed.path("history").isMissingNode()).isTrue();
	}

	@Test
	void jsonShowsAllBreakersWithTheirState() throws Exception {
		TestRegistry.open(this.registry, TestRegistry.TARGET);
		JsonNode all = this.json.readTree(get("/actuator/llmbreakers", "*/*").body());
		assertThat(all.path("mode").asString()).isEqualTo("ENFORCE");
		assertThat(all.path("health").asString()).isIn("DEGRADED", "CRITICAL");
		JsonNode breaker = all.path("breakers").path("openai:gpt-4.1");
		assertThat(breaker.path("scope").asString()).isEqualTo("MODEL");
		assertThat(breaker.path("provider").asString()).isEqualTo("openai");
		assertThat(breaker.path("endpoint").isMissingNode()).isTrue();
		assertThat(breaker.path("model").asString()).isEqualTo("gpt-4.1");
		assertThat(breaker.path("state").asString()).isEqualTo("OPEN");
		assertThat(Instant.parse(breaker.path("stateSince").asString())).isBefore(Instant.now());
		assertThat(breaker.path("remainingCooldownMillis").asLong()).isBetween(55_000L, 60_000L);
		assertThat(breaker.path("openedBy").asString()).isEqualTo("OVERLOADED");
		assertThat(breaker.path("trips").isIntegralNumber()).isTrue();
		assertThat(breaker.path("policy").asString()).isEqualTo("premium");
		assertThat(breaker.path("calls").propertyNames()).containsExactly("succeeded", "failed", "neutral", "rejected",
				"late");
		assertThat(breaker.path("window").path("failureRate").asDouble()).isEqualTo(100.0);
		assertThat(breaker.path("failures").path("OVERLOADED").isIntegralNumber()).isTrue();
		assertThat(breaker.path("lastFailure").path("status").asInt()).isEqualTo(529);
		assertThat(Instant.parse(breaker.path("lastFailure").path("at").asString())).isBefore(Instant.now());
		assertThat(breaker.path("settings")).hasToString("""
				{"failureThreshold":5,"window":"PT1M","failureRateThreshold":50.0,"cooldown":"PT1M",\
				"maxCooldown":"PT5M","halfOpenCalls":3}""");
		assertThat(breaker.path("events").isMissingNode()).isTrue();
		assertThat(List.copyOf(all.path("breakers").propertyNames())).isSorted();
	}

	@Test
	void jsonShowsProvidersAndPoliciesWithoutSecrets() throws Exception {
		String body = get("/actuator/llmbreakers", "*/*").body();
		JsonNode all = this.json.readTree(body);
		assertThat(all.path("policies")).hasToString("""
				[{"name":"premium","patterns":["gpt-4.1*"]}]""");
		assertThat(all.path("providers")).anySatisfy((provider) -> assertThat(provider).hasToString("""
				{"id":"my-vllm","dialect":"openai","baseUrls":["http://vllm.internal:8000/v1"]}"""))
			.anySatisfy((provider) -> assertThat(provider).hasToString(
					"""
							{"id":"openai","dialect":"openai","baseUrls":["https://proxy.internal/openai","https://api.openai.com",\
							"https://*.api.openai.com"]}"""))
			.anySatisfy((provider) -> assertThat(provider).hasToString("""
					{"id":"ollama","dialect":"ollama","baseUrls":["http://localhost:11434"]}"""));
		assertThat(all.path("unrecognised").isArray()).isTrue();
		assertThat(body).doesNotContain("sk-secret", "x-tenant", "hidden");
	}

	@Test
	void namesHoldNothingThatCannotBeWritten() throws Exception {
		this.registry.gate(LlmTarget.of("openai", "a".repeat(199) + "\uD83D\uDE00"));
		this.registry.gate(LlmTarget.of("openai", "evil\u202E\u2028\uDE00"));
		JsonNode all = this.json.readTree(get("/actuator/llmbreakers", "*/*").body());
		assertThat(all.path("breakers").propertyNames()).contains("openai:" + "a".repeat(199), "openai:evil")
			.allMatch(StandardCharsets.UTF_8.newEncoder()::canEncode);
		assertThat(get("/actuator/llmbreakers/openai:" + "a".repeat(199), "*/*").statusCode()).isEqualTo(200);
	}

	@Test
	void oneWithItsEvents() throws Exception {
		TestRegistry.open(this.registry, TestRegistry.TARGET);
		JsonNode breaker = this.json.readTree(get("/actuator/llmbreakers/openai:gpt-4.1", "*/*").body());
		assertThat(breaker.path("state").asString()).isEqualTo("OPEN");
		JsonNode event = breaker.path("events").get(breaker.path("events").size() - 1);
		assertThat(event.path("type").asString()).isEqualTo("STATE_CHANGED");
		assertThat(event.path("from").asString()).isEqualTo("CLOSED");
		assertThat(event.path("to").asString()).isEqualTo("OPEN");
		assertThat(event.path("kind").asString()).isEqualTo("OVERLOADED");
		assertThat(Instant.parse(event.path("at").asString())).isBefore(Instant.now());
	}

	@Test
	void oneSaysWhyItOpened() throws Exception {
		TestRegistry.open(this.registry, TestRegistry.TARGET);
		JsonNode breaker = this.json.readTree(get("/actuator/llmbreakers/openai:gpt-4.1", "*/*").body());
		assertThat(breaker.path("why").size()).isEqualTo(5);
		assertThat(breaker.path("why").get(0).path("kind").asString()).isEqualTo("OVERLOADED");
		assertThat(breaker.path("why").get(0).path("status").asInt()).isEqualTo(529);
		assertThat(breaker.path("decision").path("rule").asString()).isEqualTo("THRESHOLD");
		assertThat(breaker.path("decision").path("failures").asInt()).isEqualTo(5);
		assertThat(breaker.path("decision").path("calls").asInt()).isEqualTo(5);
		assertThat(breaker.path("decision").path("proofs").asInt(-1)).isZero();
		assertThat(Instant.parse(breaker.path("decision").path("since").asString())).isBefore(Instant.now());
	}

	@ParameterizedTest
	@ValueSource(strings = { "openrouter:meta-llama/Llama-3.1-8B:free", "openrouter%3Ameta-llama/Llama-3.1-8B%3Afree",
			"openrouter:meta-llama%252FLlama-3.1-8B:free" })
	void namesWithSlashesAndColons(String path) throws Exception {
		this.registry.gate(NAMED_WITH_SLASH);
		HttpResponse<String> response = get("/actuator/llmbreakers/" + path, BROWSER);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(this.json.readTree(response.body()).path("model").asString()).isEqualTo(NAMED_WITH_SLASH.model());
		assertThat(post(path, "{\"state\":\"FORCED_OPEN\"}").statusCode()).isEqualTo(204);
		assertThat(stateOf("openrouter:meta-llama/Llama-3.1-8B:free")).isEqualTo(BreakerState.FORCED_OPEN);
		assertThat(delete(path).statusCode()).isEqualTo(204);
		assertThat(stateOf("openrouter:meta-llama/Llama-3.1-8B:free")).isEqualTo(BreakerState.CLOSED);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{\"state\":\"FORCED_OPEN\"} | FORCED_OPEN",
					"{\"state\":\"FORCED_OPEN\",\"duration\":\"PT10M\"} | FORCED_OPEN",
					"{\"state\":\"forced-open\",\"duration\":\"10m\"} | FORCED_OPEN", "{\"state\":\"CLOSED\"} | CLOSED",
					"{\"state\":\"DISABLED\",\"duration\":null} | DISABLED", "{\"state\":\"HALF_OPEN\"} | HALF_OPEN" })
	void statesAreSetByHand(String body, BreakerState state) throws Exception {
		TestRegistry.open(this.registry, TestRegistry.TARGET);
		HttpResponse<String> response = post("openai:gpt-4.1", body);
		assertThat(response.statusCode()).isEqualTo(204);
		assertThat(response.body()).isEmpty();
		assertThat(stateOf("openai:gpt-4.1")).isEqualTo(state);
	}

	@Test
	void forcedOpenForATime() throws Exception {
		Breaker breaker = this.registry.gate(TestRegistry.TARGET).modelBreaker();
		post("openai:gpt-4.1", "{\"state\":\"FORCED_OPEN\",\"duration\":\"PT10M\"}");
		assertThat(breaker).isNotNull();
		assertThat(breaker.remainingCooldown()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{\"state\":\"OPEN\"} | state must be one of FORCED_OPEN",
					"{\"state\":\"BROKEN\"} | state must be", "{} | state must be", "'' | state must be",
					"{\"state\":null} | state must be", "{\"state\":5} | state must be",
					"{\"state\":\"FORCED_OPEN\",\"duration\":\"-PT1M\"} | duration must be",
					"{\"state\":\"FORCED_OPEN\",\"duration\":\"PT0S\"} | duration must be",
					"{\"state\":\"FORCED_OPEN\",\"duration\":\"soon\"} | duration must be",
					"{\"state\":\"FORCED_OPEN\",\"duration\":\"600\"} | duration must be",
					"{\"state\":\"FORCED_OPEN\",\"duration\":600} | duration must be",
					"{\"state\":\"FORCED_OPEN\",\"duration\":\"P99999D\"} | duration must be",
					"{\"state\":\"CLOSED\",\"duration\":\"10m\"} | duration is allowed for FORCED_OPEN only" })
	void badBodyIsAnsweredWithWhatIsAllowed(String body, String message) throws Exception {
		this.registry.gate(TestRegistry.TARGET);
		HttpResponse<String> response = post("openai:gpt-4.1", body);
		assertThat(response.statusCode()).isEqualTo(400);
		JsonNode error = this.json.readTree(response.body());
		assertThat(error.path("detail").asString().replace("'", "")).startsWith(message);
		assertThat(error.path("states")).hasSize(4);
		assertThat(error.path("status").asInt()).isEqualTo(400);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
		assertThat(stateOf("openai:gpt-4.1")).isEqualTo(BreakerState.CLOSED);
	}

	@Test
	void postWithoutBodyIsAnsweredWithWhatIsAllowed() throws Exception {
		HttpResponse<String> response = send(request("/actuator/llmbreakers/openai").POST(BodyPublishers.noBody()));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(this.json.readTree(response.body()).path("detail").asString()).contains("application/json");
	}

	@Test
	void formIsNotSupported() throws Exception {
		HttpResponse<String> response = send(
				request("/actuator/llmbreakers/openai").header("Content-Type", "application/x-www-form-urlencoded")
					.POST(BodyPublishers.ofString("state=CLOSED")));
		assertThat(response.statusCode()).isEqualTo(415);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"state\":", "[1]", "{\"state\":{}}" })
	void malformedBodyIsABadRequest(String body) throws Exception {
		this.registry.gate(TestRegistry.TARGET);
		HttpResponse<String> response = post("openai:gpt-4.1", body);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
		JsonNode problem = this.json.readTree(response.body());
		assertThat(problem.path("detail").asString()).contains("{\"state\":\"FORCED_OPEN\"", "application/json");
		assertThat(problem.path("states")).hasSize(4);
	}

	@Test
	void unknownNamesAreNotFoundAndCreateNothing() throws Exception {
		int before = this.registry.all().size();
		for (HttpResponse<String> response : List.of(get("/actuator/llmbreakers/openai:nobody", "*/*"),
				get("/actuator/llmbreakers/openai:nobody", "application/json"),
				post("openai:nobody", "{\"state\":\"CLOSED\"}"), delete("openai:nobody"),
				get("/actuator/llmbreakers/%25zz", "*/*"))) {
			assertThat(response.statusCode()).isEqualTo(404);
			assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
			assertThat(response.body()).isEqualTo("""
					{"title":"Not Found","status":404,\
					"detail":"There is no breaker of that name; each is made by the first call to its model"}""");
		}
		assertThat(this.registry.all()).hasSize(before);
	}

	@Test
	void healthHasDetailsAndStaysUp() throws Exception {
		TestRegistry.open(this.registry, TestRegistry.TARGET);
		HttpResponse<String> response = get("/actuator/health", "*/*");
		assertThat(response.statusCode()).isEqualTo(200);
		JsonNode health = this.json.readTree(response.body()).path("components").path("llmBreakers");
		assertThat(health.path("status").asString()).isEqualTo("UP");
		JsonNode breaker = health.path("details").path("breakers").path("openai:gpt-4.1");
		assertThat(breaker.path("state").asString()).isEqualTo("OPEN");
		assertThat(breaker.path("openedBy").asString()).isEqualTo("OVERLOADED");
		assertThat(breaker.path("remainingCooldownMillis").asLong()).isPositive();
	}

	@Test
	void prometheusSeesStateTripsAndRejections() throws Exception {
		TestRegistry.open(this.registry, TestRegistry.TARGET);
		rejectOnce();
		String model = "{endpoint=\"*\",model=\"gpt-4.1\",provider=\"openai\"";
		String target = "{endpoint=\"chat.completions\",model=\"gpt-4.1\",";
		assertThat(get("/actuator/prometheus", "*/*").body()).contains("llm_breaker_state" + model + "} 1.0")
			.contains("llm_breaker_trips_total" + model + "} ")
			.contains("llm_breaker_rejects_total" + model + ",reason=\"open\"} ")
			.contains("llm_breaker_rejects_total" + model + ",reason=\"half_open_full\"} 0.0")
			.contains("llm_breaker_transitions_total{endpoint=\"*\",from=\"closed\",model=\"gpt-4.1\"")
			.contains("llm_breaker_late_total" + model + "} ")
			.contains("llm_breaker_recovery_seconds_count" + model + "} ")
			.contains("llm_breaker_calls_seconds_count" + target + "outcome=\"overloaded\",provider=\"openai\"} ")
			.contains("llm_breaker_retries_total" + target + "provider=\"openai\"} 0.0")
			.contains("llm_breaker_retries_denied_total" + target + "provider=\"openai\"} 0.0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/direct", "/wrapped", "/async" })
	void uncaughtRejectionsBecome503WithRetryAfter(String path) throws Exception {
		HttpResponse<String> response = get(path, "*/*");
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.headers().firstValue("Retry-After")).hasValue("13");
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(response.headers().firstValue("x-should-retry")).hasValue("false");
		JsonNode problem = this.json.readTree(response.body());
		assertThat(problem.path("status").asInt()).isEqualTo(503);
		assertThat(problem.path("title").asString()).isEqualTo("Service Unavailable");
		assertThat(problem.path("detail").asString()).contains("'openai:gpt-4.1' is open after OVERLOADED");
	}

	@Test
	void rejectionHandledByTheApplicationIsLeftAlone() throws Exception {
		HttpResponse<String> response = get("/handled", "*/*");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("handled");
	}

	@Test
	void otherFailuresAreLeftAlone() throws Exception {
		HttpResponse<String> response = get("/other", "application/json");
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.headers().firstValue("Retry-After")).isEmpty();
	}

	private void rejectOnce() {
		try {
			this.registry.gate(TestRegistry.TARGET).acquire(null);
		}
		catch (LlmCallRejectedException ex) {
			return;
		}
		throw new AssertionError("not rejected");
	}

	private BreakerState stateOf(String name) {
		return this.registry.find(name).orElseThrow().state();
	}

	private HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
		HttpRequest.Builder request = request(path);
		return send(accept.isEmpty() ? request : request.header("Accept", accept));
	}

	private HttpResponse<String> post(String name, String body) throws IOException, InterruptedException {
		return send(request("/actuator/llmbreakers/" + name).header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body)));
	}

	private HttpResponse<String> delete(String name) throws IOException, InterruptedException {
		return send(request("/actuator/llmbreakers/" + name).DELETE());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return CLIENT.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
	}

	static LlmCallRejectedException rejection() {
		return new LlmCallRejectedException("openai:gpt-4.1", TestRegistry.TARGET, BreakerState.OPEN,
				OutcomeKind.OVERLOADED, Duration.ofMillis(12_300));
	}

	/**
	 * An application.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Api.class, HandlingApi.class })
	static class Application {

	}

	/**
	 * Leaves rejections to others.
	 */
	@RestController
	static class Api {

		@GetMapping("/direct")
		String direct() {
			throw rejection();
		}

		@GetMapping("/wrapped")
		String wrapped() {
			throw new CompletionException(rejection());
		}

		@GetMapping("/async")
		CompletableFuture<String> async() {
			return CompletableFuture.supplyAsync(() -> {
				throw rejection();
			});
		}

		@GetMapping("/other")
		String other() {
			throw new IllegalStateException("other");
		}

	}

	/**
	 * Handles rejections itself.
	 */
	@RestController
	static class HandlingApi {

		@GetMapping("/handled")
		String handled() {
			throw rejection();
		}

		@ExceptionHandler(RuntimeException.class)
		String handle() {
			return "handled";
		}

	}

}
