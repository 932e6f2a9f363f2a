// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Duration;
import java.util.function.BiConsumer;

import io.github.llmbreaker.actuate.endpoint.LlmBreakersEndpoint;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether the application learns of calls to LLMs that are not guarded, whichever client
 * makes them.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnguardedCallTests {

	private static final String BODY = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"secret\"}]}";

	private static final String PATH = "/tenant/v1/chat/completions?key=hidden";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmBreakerAutoConfiguration.class, WebClientAutoConfiguration.class,
				LlmBreakerWebClientAutoConfiguration.class, RestClientAutoConfiguration.class,
				LlmBreakerRestClientAutoConfiguration.class, LlmBreakerEndpointAutoConfiguration.class))
		.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=*");

	@Test
	void webClientReportsItsCalls(CapturedOutput output) {
		isReported(output,
				(context, url) -> context.getBean(WebClient.Builder.class)
					.build()
					.post()
					.uri(url)
					.contentType(MediaType.APPLICATION_JSON)
					.bodyValue(BODY)
					.retrieve()
					.toBodilessEntity()
					.block(Duration.ofSeconds(20)));
	}

	@Test
	void restClientReportsItsCalls(CapturedOutput output) {
		isReported(output,
				(context, url) -> context.getBean(RestClient.Builder.class)
					.build()
					.post()
					.uri(url)
					.contentType(MediaType.APPLICATION_JSON)
					.body(BODY)
					.retrieve()
					.toBodilessEntity());
	}

	private void isReported(CapturedOutput output, BiConsumer<ApplicationContext, String> call) {
		try (FakeLlmServer server = FakeLlmServer.start()) {
			server.always(FakeAnswer.json(200, "{}"));
			this.runner.run((context) -> {
				call.accept(context, server.url() + PATH);
				call.accept(context, server.url() + PATH);
				assertThat(server.requestCount()).isEqualTo(2);
				assertThat(context.getBean(LlmBreakersEndpoint.class).breakers().unrecognised()).singleElement()
					.satisfies((host) -> {
						assertThat(host.host()).isIn("localhost", "127.0.0.1");
						assertThat(host.hint()).contains("base-urls: [\"" + server.url() + "\"]");
					});
				assertThat(output).containsOnlyOnce("are not guarded").doesNotContain("hidden", "secret", "tenant");
			});
		}
	}

}
