// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.actuate.endpoint.PageAccess;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.testing.PageDemo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the page behind Spring Security.
 */
class PageSecurityTests {

	@ParameterizedTest
	@CsvSource({ "servlet, false", "reactive, true" })
	void tokenFromThePageLetsItChangeABreakerUnlessOneMayOnlyLook(String type, boolean offered) throws Exception {
		try (ConfigurableApplicationContext context = run(type)) {
			mayOnlyLook(context, offered);
			HttpClient client = client();
			Breaker breaker = breaker(context);
			assertThat(post(client, context, "admin", null).statusCode()).isEqualTo(403);
			HttpResponse<String> access = get(client, context, "admin", "?page=access");
			assertThat(access.body()).isEqualTo("{\"write\":true}");
			assertThat(post(client, context, "admin", access).statusCode()).isEqualTo(204);
			assertThat(breaker.state()).isEqualTo(BreakerState.FORCED_OPEN);
		}
	}

	private static void mayOnlyLook(ConfigurableApplicationContext context, boolean offered) throws Exception {
		HttpClient client = client();
		HttpResponse<String> access = get(client, context, "viewer", "?page=access");
		assertThat(access.body()).isEqualTo("{\"write\":%s}".formatted(offered));
		assertThat(get(client, context, "viewer", "?page=script").statusCode()).isEqualTo(200);
		assertThat(post(client, context, "viewer", access).statusCode()).isEqualTo(403);
		assertThat(breaker(context).state()).isEqualTo(BreakerState.CLOSED);
	}

	private static HttpClient client() {
		return HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.cookieHandler(new CookieManager())
			.connectTimeout(Duration.ofSeconds(20))
			.build();
	}

	private static Breaker breaker(ConfigurableApplicationContext context) {
		BreakerRegistry registry = context.getBean(BreakerRegistry.class);
		registry.gate(LlmTarget.of("gemini", "gemini-2.5-flash"));
		return registry.find("gemini:gemini-2.5-flash").orElseThrow();
	}

	private static ConfigurableApplicationContext run(String type) {
		return PageDemo.run("--server.port=0", "--spring.main.web-application-type=" + type, "--demo.security=true",
				"--demo.hour=false");
	}

	private static HttpResponse<String> get(HttpClient client, ConfigurableApplicationContext context, String user,
			String path) throws Exception {
		return client.send(request(context, user, path).build(), BodyHandlers.ofString());
	}

	private static HttpResponse<String> post(HttpClient client, ConfigurableApplicationContext context, String user,
			HttpResponse<String> access) throws Exception {
		HttpRequest.Builder request = request(context, user, "/gemini:gemini-2.5-flash")
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"state\":\"FORCED_OPEN\"}"));
		if (access != null) {
			request.header(access.headers().firstValue(PageAccess.TOKEN_NAME_HEADER).orElseThrow(),
					access.headers().firstValue(PageAccess.TOKEN_HEADER).orElseThrow());
		}
		return client.send(request.build(), BodyHandlers.ofString());
	}

	private static HttpRequest.Builder request(ConfigurableApplicationContext context, String user, String path) {
		String port = context.getEnvironment().getProperty("local.server.port");
		return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/llmbreakers" + path))
			.timeout(Duration.ofSeconds(30))
			.header("Authorization", "Basic "
					+ Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8)));
	}

}
