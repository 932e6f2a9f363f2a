// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.RequestEntity;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.ResponseErrorHandler;
import org.springframework.web.client.RestTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a guarded {@code RestTemplate} behaves as it does without the guard,
 * whatever the HTTP client.
 */
class TransparencyOfRestTemplateTests {

	private static final Map<String, Scenario> SCENARIOS = new LinkedHashMap<>();

	static {
		FakeAnswer good = FakeAnswer.json(200, GuardedRestClient.ANSWER);
		scenario("get", good, (template, url) -> template.getForObject(url, String.class));
		scenario("get an entity", good, (template, url) -> template.getForEntity(url, Map.class));
		scenario("get a resource", good,
				(template, url) -> text(template.getForObject(url, Resource.class).getContentAsByteArray()));
		scenario("post", good, (template, url) -> template.postForObject(url, GuardedRestClient.REQUEST, String.class));
		scenario("post nothing", good, (template, url) -> template.postForObject(url, null, String.class));
		scenario("post a form", good, TransparencyOfRestTemplateTests::postForm);
		scenario("post for a location", FakeAnswer.status(201).header("Location", "/v1/files/1").body("made"),
				(template, url) -> template.postForLocation(url, "x"));
		scenario("exchange for nothing", good, (template, url) -> template
			.exchange(RequestEntity.post(URI.create(url)).contentType(MediaType.TEXT_PLAIN).body("x"), Void.class));
		scenario("write and read by hand", good,
				(template, url) -> template.execute(url, HttpMethod.POST, TransparencyOfRestTemplateTests::write,
						(response) -> response.getStatusText() + text(response.getBody().readAllBytes())));
		scenario("read in part", good, (template, url) -> template.execute(url, HttpMethod.GET, null,
				(response) -> text(response.getBody().readNBytes(5))));
		scenario("never read", good, (template, url) -> template.execute(url, HttpMethod.GET, null,
				(response) -> response.getHeaders().getContentType()));
		scenario("head", FakeAnswer.status(200).header("X-Test", "1"),
				(template, url) -> template.headForHeaders(url).getFirst("X-Test"));
		scenario("options", FakeAnswer.status(200).header("Allow", "GET"),
				(template, url) -> template.optionsForAllow(url));
		scenario("delete", FakeAnswer.status(204), (template, url) -> {
			template.delete(url);
			return "deleted";
		});
		scenario("no content", FakeAnswer.status(204), (template, url) -> template.getForEntity(url, String.class));
		scenario("not modified", FakeAnswer.status(304), (template, url) -> template.getForEntity(url, String.class));
		scenario("broken JSON", FakeAnswer.json(200, "{\"a\":"),
				(template, url) -> template.getForObject(url, Map.class));
		errors();
	}

	private final FakeLlmServer server = FakeLlmServer.start();

	private static void errors() {
		FakeAnswer missing = FakeAnswer.json(404, "{\"error\":{\"message\":\"no such thing\"}}");
		scenario("not found", missing, (template, url) -> template.getForObject(url, String.class));
		scenario("empty error", FakeAnswer.status(500), (template, url) -> template.getForObject(url, String.class));
		scenario("unknown status", FakeAnswer.status(555).body("what"),
				(template, url) -> template.getForObject(url, String.class));
		scenario("error that is none", missing, (template, url) -> {
			template.setErrorHandler(new OwnErrorHandler(false));
			return template.getForEntity(url, String.class);
		});
		scenario("own error with the body", missing, (template, url) -> {
			template.setErrorHandler(new OwnErrorHandler(true));
			return template.getForEntity(url, String.class);
		});
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	static Stream<Arguments> cases() {
		return RequestFactories.names()
			.flatMap((factory) -> Stream.of(TransparencyOfRestClientTests.Guard.values())
				.flatMap((guard) -> SCENARIOS.keySet().stream().map((name) -> Arguments.of(factory, guard, name))));
	}

	@ParameterizedTest
	@MethodSource("cases")
	void guardedTemplateBehavesLikeAnUnguardedOne(String factory, TransparencyOfRestClientTests.Guard guard,
			String name) {
		Scenario scenario = SCENARIOS.get(name);
		this.server.always(scenario.answer());
		String expected = observe(scenario, new RestTemplate(RequestFactories.create(factory)));
		GuardedRestClient guarded = guard.of(this.server);
		RestTemplate template = new RestTemplate(RequestFactories.create(factory));
		template.getInterceptors().add(guarded.interceptor());
		assertThat(observe(scenario, template)).isEqualTo(expected);
		assertThat(guarded.outcomes).isNotEmpty();
		RestTemplate behind = new RestTemplate(
				new LlmBreakerClientHttpRequestFactory(RequestFactories.create(factory), guarded.interceptor()));
		assertThat(observe(scenario, behind)).isEqualTo(expected);
	}

	private String observe(Scenario scenario, RestTemplate template) {
		try {
			return String.valueOf(scenario.call().with(template, this.server.url() + GuardedRestClient.PATH));
		}
		catch (Exception ex) {
			return ex + " because of " + ex.getCause();
		}
	}

	private static Object postForm(RestTemplate template, String url) {
		MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
		form.add("model", "m");
		form.add("file", new ByteArrayResource(new byte[100_000]));
		return template.postForObject(url, form, String.class);
	}

	private static void write(ClientHttpRequest request) throws IOException {
		request.getHeaders().setContentType(MediaType.APPLICATION_JSON);
		byte[] body = GuardedRestClient.REQUEST.getBytes(StandardCharsets.UTF_8);
		if (request instanceof StreamingHttpOutputMessage streaming) {
			streaming.setBody((OutputStream out) -> out.write(body));
		}
		else {
			request.getBody().write(body);
		}
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static void scenario(String name, FakeAnswer answer, Call call) {
		SCENARIOS.put(name, new Scenario(answer, call));
	}

	private interface Call {

		Object with(RestTemplate template, String url) throws IOException;

	}

	private record Scenario(FakeAnswer answer, Call call) {
	}

	/**
	 * Reads what it throws.
	 *
	 * @param strict whether errors are any
	 */
	private record OwnErrorHandler(boolean strict) implements ResponseErrorHandler {

		@Override
		public boolean hasError(ClientHttpResponse response) throws IOException {
			return this.strict && response.getStatusCode().isError();
		}

		@Override
		public void handleError(URI url, HttpMethod method, ClientHttpResponse response) throws IOException {
			throw new IllegalStateException(method + text(response.getBody().readAllBytes()));
		}

	}

}
