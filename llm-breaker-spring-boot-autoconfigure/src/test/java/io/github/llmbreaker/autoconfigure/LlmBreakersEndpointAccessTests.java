// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.actuate.endpoint.LlmBreakersEndpoint;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.TestRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what of the endpoint can be reached over HTTP.
 */
class LlmBreakersEndpointAccessTests {

	// both are on the class path of these tests, and both bring a management context
	private static final String ONE_REACTIVE_SERVER = "--spring.autoconfigure.exclude="
			+ "org.springframework.boot.tomcat.autoconfigure.actuate.web.server."
			+ "TomcatReactiveManagementContextAutoConfiguration";

	/** An upgrade to HTTP/2 is nothing that these tests are about. */
	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@ParameterizedTest
	@ValueSource(strings = { "servlet", "reactive" })
	void readOnlyAccessShowsBreakersAndChangesNothing(String type) throws Exception {
		try (ConfigurableApplicationContext context = run(type, "--management.endpoint.llmbreakers.access=read-only",
				"--llm-breaker.defaults.preset=balanced")) {
			Breaker breaker = TestRegistry.open(context.getBean(BreakerRegistry.class), TestRegistry.TARGET);
			assertThat(send(context, "GET", "/openai:gpt-4.1").statusCode()).isEqualTo(200);
			assertThat(send(context, "POST", "/openai:gpt-4.1").statusCode()).isEqualTo(405);
			assertThat(send(context, "DELETE", "/openai:gpt-4.1").statusCode()).isEqualTo(405);
			assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "servlet", "reactive" })
	void pageAndJsonOnAPortOfTheirOwn(String type) throws Exception {
		try (ConfigurableApplicationContext context = run(type, "--management.server.port=0", ONE_REACTIVE_SERVER)) {
			String port = context.getEnvironment().getProperty("local.management.port");
			assertThat(send(port, "GET", "").body()).startsWith("{\"enabled\":true,");
			assertThat(CLIENT
				.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/llmbreakers"))
					.header("Accept", "text/html")
					.build(), BodyHandlers.ofString())
				.body()).isEqualToNormalizingNewlines(page());
		}
	}

	@Test
	void nothingIsReachableUnlessExposed() throws Exception {
		try (ConfigurableApplicationContext context = run("servlet",
				"--management.endpoints.web.exposure.include=health")) {
			assertThat(send(context, "GET", "").statusCode()).isEqualTo(404);
			assertThat(send(context, "POST", "/openai").statusCode()).isEqualTo(404);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "servlet", "reactive" })
	void saysSoWhenNothingIsGuarded(String type) throws Exception {
		try (ConfigurableApplicationContext context = run(type, "--llm-breaker.enabled=false")) {
			assertThat(send(context, "GET", "").body())
				.isEqualTo("{\"enabled\":false,\"health\":\"HEALTHY\",\"breakers\":{}}");
			assertThat(send(context, "DELETE", "/openai").statusCode()).isEqualTo(404);
		}
	}

	private HttpResponse<String> send(ConfigurableApplicationContext context, String method, String path)
			throws Exception {
		return send(context.getEnvironment().getProperty("local.server.port"), method, path);
	}

	private HttpResponse<String> send(String port, String method, String path) throws Exception {
		URI uri = URI.create("http://localhost:" + port + "/actuator/llmbreakers" + path);
		return CLIENT.send(HttpRequest.newBuilder(uri)
			.timeout(Duration.ofSeconds(30))
			.header("Content-Type", "application/json")
			.method(method, BodyPublishers.ofString("{\"state\":\"CLOSED\"}"))
			.build(), BodyHandlers.ofString());
	}

	private static String page() throws Exception {
		return new ClassPathResource("llmbreakers.html", LlmBreakersEndpoint.class)
			.getContentAsString(StandardCharsets.US_ASCII);
	}

	private static ConfigurableApplicationContext run(String type, String... more) {
		return new SpringApplicationBuilder(ObservabilityContract.Application.class)
			.properties("management.endpoints.web.exposure.include=llmbreakers")
			.properties("server.port=0", "spring.main.web-application-type=" + type)
			.run(more);
	}

}
