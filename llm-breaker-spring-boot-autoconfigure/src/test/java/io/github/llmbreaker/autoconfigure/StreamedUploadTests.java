// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.llmbreaker.LlmCallListener;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.restclient.LlmBreakerClientHttpRequestInterceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientBuilderConfigurer;
import org.springframework.boot.restclient.autoconfigure.RestTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RequestCallback;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that an upload to a host that is no LLM provider is sent while it is written, as
 * by a client without the guard.
 */
@Timeout(60)
class StreamedUploadTests {

	private static final int PIECE = 1024 * 1024;

	private static final int PIECES = 200;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HttpClientAutoConfiguration.class,
				ImperativeHttpClientAutoConfiguration.class, RestClientAutoConfiguration.class,
				RestTemplateAutoConfiguration.class, LlmBreakerAutoConfiguration.class,
				LlmBreakerEventAutoConfiguration.class, LlmBreakerRestClientAutoConfiguration.class))
		.withBean(LlmCallListener.class, () -> (target, outcome, duration) -> this.completed.add(target));

	private final BlockingQueue<LlmTarget> completed = new LinkedBlockingQueue<>();

	private final CompletableFuture<Integer> firstByte = new CompletableFuture<>();

	private final CompletableFuture<Long> received = new CompletableFuture<>();

	private HttpServer server;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/upload", this::receive);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdk", "reactor", "simple" })
	void uploadOfRestClientStreams(String factory) {
		this.runner.withPropertyValues("spring.http.clients.imperative.factory=" + factory)
			.run((context) -> assertStreams(context.getBean(RestClient.Builder.class).build()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdk", "reactor", "simple" })
	void uploadOfRestTemplateStreams(String factory) {
		this.runner.withPropertyValues("spring.http.clients.imperative.factory=" + factory)
			.run((context) -> assertStreams(context.getBean(RestTemplateBuilder.class).build()));
	}

	@Test
	void uploadStreamsOverAnotherRequestFactoryToo() {
		this.runner.run((context) -> assertStreams(context.getBean(RestClient.Builder.class)
			.requestFactory(new JdkClientHttpRequestFactory())
			.baseUrl(uri())
			.clone()
			.apply((builder) -> builder.defaultHeader("X-Test", "1"))
			.build()));
	}

	@Test
	void uploadStreamsOverAnApplicationsOwnBuilder() {
		this.runner.run((context) -> assertStreams(
				context.getBean(RestClientBuilderConfigurer.class).configure(RestClient.builder()).build()));
	}

	@Test
	void uploadOfAMutatedClientStreams() {
		this.runner.run((context) -> assertStreams(context.getBean(RestClient.Builder.class).build().mutate().build()));
	}

	@Test
	void uploadIsGuardedWhenItsTargetIsNamed() {
		this.runner.run((context) -> {
			RestClient client = context.getBean(RestClient.Builder.class).build();
			upload(client.post().uri(uri()).attribute(LlmTarget.ATTRIBUTE, LlmTarget.of("mine", "m")), (out) -> {
				out.write(new byte[PIECE]);
			});
			assertThat(this.received).succeedsWithin(Duration.ofSeconds(5)).isEqualTo((long) PIECE);
			assertThat(this.completed.poll(5, TimeUnit.SECONDS)).isEqualTo(LlmTarget.of("mine", "m"));
		});
	}

	@Test
	void requestWithoutABodyIsGuardedWhenItsTargetIsNamed() {
		this.runner.run((context) -> {
			RestClient client = context.getBean(RestClient.Builder.class).build();
			client.get()
				.uri(uri())
				.attribute(LlmTarget.ATTRIBUTE, LlmTarget.of("mine", "m"))
				.header("X-Test", "1")
				.retrieve()
				.toBodilessEntity();
			assertThat(this.completed.poll(5, TimeUnit.SECONDS)).isEqualTo(LlmTarget.of("mine", "m"));
		});
	}

	@Test
	void interceptorAddedLaterIsInsideTheGuardAsEver() {
		this.runner.run((context) -> context.getBean(RestClient.Builder.class)
			.requestInterceptor((request, body, execution) -> execution.execute(request, body))
			.requestInterceptors((interceptors) -> assertThat(interceptors).hasSize(2)
				.first()
				.isInstanceOf(LlmBreakerClientHttpRequestInterceptor.class)));
	}

	@Test
	void guardIsNotAddedTwiceToABuilderThatIsConfiguredTwice() {
		this.runner.run((context) -> {
			RestClientBuilderConfigurer configurer = context.getBean(RestClientBuilderConfigurer.class);
			RestClient.Builder builder = configurer.configure(configurer.configure(RestClient.builder()));
			upload(builder.build().post().uri(uri()).attribute(LlmTarget.ATTRIBUTE, LlmTarget.of("mine", "m")),
					(out) -> out.write(1));
			assertThat(context.getBean(BreakerRegistry.class).find("mine:m").orElseThrow().snapshot().calls())
				.extracting("succeeded")
				.isEqualTo(1L);
		});
	}

	private void assertStreams(RestClient client) {
		upload(client.post().uri(uri()), this::writeWhileItIsRead);
		assertThat(this.received).isCompletedWithValue((long) PIECE * PIECES);
	}

	private static void upload(RestClient.RequestBodySpec request, StreamingHttpOutputMessage.Body body) {
		request.body(body).retrieve().toBodilessEntity();
	}

	private void assertStreams(RestTemplate template) {
		RequestCallback callback = (request) -> {
			assertThat(request).isInstanceOf(StreamingHttpOutputMessage.class);
			((StreamingHttpOutputMessage) request).setBody(this::writeWhileItIsRead);
		};
		template.execute(uri(), HttpMethod.POST, callback, null);
		assertThat(this.received).isCompletedWithValue((long) PIECE * PIECES);
	}

	/** Nothing more is written until what was written before has arrived. */
	private void writeWhileItIsRead(OutputStream out) throws IOException {
		byte[] piece = new byte[PIECE];
		out.write(piece);
		out.flush();
		assertThat(this.firstByte).as("the server gets the beginning before the end is written")
			.succeedsWithin(Duration.ofSeconds(5));
		for (int i = 1; i < PIECES; i++) {
			out.write(piece);
		}
	}

	private void receive(HttpExchange exchange) throws IOException {
		try (exchange; InputStream body = exchange.getRequestBody()) {
			int first = body.read();
			this.firstByte.complete(first);
			long count = (first < 0) ? 0 : 1;
			byte[] bytes = new byte[64 * 1024];
			for (int read = body.read(bytes); read >= 0; read = body.read(bytes)) {
				count += read;
			}
			this.received.complete(count);
			exchange.sendResponseHeaders(204, -1);
		}
	}

	private URI uri() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort() + "/upload");
	}

}
