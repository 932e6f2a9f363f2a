// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Who may use the gateway, and from where.
 */
@ExtendWith(OutputCaptureExtension.class)
class KeysTests {

	/** Of "secret-b". */
	private static final String HASH = "sha256:" + HexFormat.of().formatHex(sha256("secret-b"));

	private final FakeLlmServer server = FakeLlmServer.start().always(FakeAnswer.json(200, "{}"));

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0.0.0.0", "::", "" })
	void doesNotStartWithoutKeysOnAPublicAddress(String address, CapturedOutput output) {
		assertThatThrownBy(() -> start("server.address=" + address)).hasRootCauseInstanceOf(OpenDoorException.class);
		assertThat(output).contains("APPLICATION FAILED TO START", "gateway.keys.", "server.address");
	}

	@Test
	void startsWithKeysOnAPublicAddress() {
		try (ConfigurableApplicationContext context = start("server.address=0.0.0.0", "gateway.keys.a=secret-a")) {
			assertThat(ask(context, "Authorization: Bearer secret-a").status()).isEqualTo(200);
		}
	}

	@Test
	void namesTheKeyThatIsWrong(CapturedOutput output) {
		assertThatThrownBy(() -> start("gateway.keys.a=sha256:12")).rootCause()
			.hasMessageContaining("gateway.keys.a")
			.hasMessageNotContaining(":12");
	}

	@Test
	void letsOnlyThoseInWhoHaveAKey() {
		try (ConfigurableApplicationContext context = start("gateway.keys.a=secret-a", "gateway.keys.b=" + HASH,
				"gateway.upstream.api-key=upstream")) {
			for (String header : List.of("Authorization: Bearer secret-a", "Authorization: bearer secret-b",
					"api-key: secret-a", "x-gateway-key: secret-b")) {
				assertThat(ask(context, header).status()).as(header).isEqualTo(200);
				assertThat(last("authorization")).isEqualTo("Bearer upstream");
				assertThat(this.server.requests().toString()).doesNotContain("secret-");
			}
			int asked = this.server.requestCount();
			for (String header : List.of("X-Nothing: 1", "Authorization: Bearer " + HASH,
					"Authorization: Bearer secret-", "Authorization: Basic secret-a", "api-key: ")) {
				Wire refused = ask(context, header);
				assertThat(refused.status()).as(header).isEqualTo(401);
				assertThat(refused.head()).contains("www-authenticate: bearer");
				assertThat(refused.body()).contains("invalid_api_key").doesNotContain("secret");
			}
			assertThat(this.server.requestCount()).isEqualTo(asked);
		}
	}

	@Test
	void handsTheCallersOwnKeyOnWhenItHasNone() {
		try (ConfigurableApplicationContext context = start("gateway.keys.a=secret-a")) {
			assertThat(ask(context, "x-gateway-key: secret-a", "Authorization: Bearer own").status()).isEqualTo(200);
			assertThat(last("authorization")).isEqualTo("Bearer own");
			assertThat(ask(context, "Authorization: Bearer secret-a").status()).isEqualTo(200);
			assertThat(last("authorization")).isNull();
		}
	}

	@Test
	void operatesNothingUnlessToldSo() {
		for (Map.Entry<String, Integer> access : Map.of("read-only", 405, "unrestricted", 404).entrySet()) {
			try (ConfigurableApplicationContext context = start(
					"management.endpoint.llmbreakers.access=" + access.getKey())) {
				int management = context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
				int main = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
				String path = "/actuator/llmbreakers/openai:m";
				assertThat(Wire.post(management, path, "{\"state\":\"CLOSED\"}").status()).isEqualTo(access.getValue());
				assertThat(Wire.post(main, path, "{\"state\":\"CLOSED\"}").status()).isEqualTo(404);
				assertThat(Wire.exchange(main, "GET /livez HTTP/1.1\r\nHost: gateway\r\n\r\n").status()).isEqualTo(200);
			}
		}
	}

	private ConfigurableApplicationContext start(String... properties) {
		String[] arguments = Stream
			.concat(Stream.of("server.port=0", "management.server.port=0",
					"gateway.upstream.base-url=" + this.server.url() + "/v1"), Stream.of(properties))
			.map((property) -> "--" + property)
			.toArray(String[]::new);
		return SpringApplication.run(GatewayApplication.class, arguments);
	}

	private static Wire ask(ConfigurableApplicationContext context, String... headers) {
		int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		return Wire.post(port, "/v1/embeddings", "{\"model\":\"m\"}", headers);
	}

	private String last(String header) {
		return this.server.requests().get(this.server.requestCount() - 1).header(header);
	}

	private static byte[] sha256(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
