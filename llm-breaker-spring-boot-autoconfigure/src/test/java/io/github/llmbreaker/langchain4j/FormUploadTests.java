// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.nio.charset.StandardCharsets;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of forms, which name the model in a field of theirs.
 */
class FormUploadTests {

	private static final byte[] SOUND = "a\r\n--sound\u0000".getBytes(StandardCharsets.ISO_8859_1);

	private final ModelApplication application = new ModelApplication("policies.sound.models=whisper-1",
			"policies.sound.fallbacks=whisper-2");

	@AfterEach
	void close() {
		this.application.close();
	}

	@Test
	void formIsSentAgainForAnotherModel() {
		assertFormIsSentAgain(this.application.get(LlmBreakerHttpClientBuilder.class).build());
	}

	@Test
	void formIsSentAgainByOtherClientsThatEncodeIt() {
		JdkHttpClientBuilder other = new JdkHttpClientBuilder() {
		};
		assertFormIsSentAgain(new LlmBreakerHttpClientBuilder(other, this.application.get(CallGuarding.class)).build());
	}

	private void assertFormIsSentAgain(HttpClient client) {
		this.application.first().enqueue(FakeAnswer.json(503, "{}"), FakeAnswer.json(200, "{\"text\":\"yes\"}"));
		HttpRequest request = HttpRequest.builder()
			.method(HttpMethod.POST)
			.url(this.application.first().url() + "/v1/audio/transcriptions")
			.addHeader("Content-Type", "multipart/form-data; boundary=----LangChain4j")
			.addHeader("Authorization", "Bearer first-key")
			.addFormDataField("model", "whisper-1")
			.addFormDataField("language", "de")
			.addFormDataFile("file", "a.mp3", "audio/mpeg", SOUND)
			.build();
		assertThat(client.execute(request).body()).isEqualTo("{\"text\":\"yes\"}");
		assertThat(this.application.breaker("openai:whisper-1")).isNotNull();
		RecordedRequest last = this.application.first().requests().get(1);
		String form = new String(last.body(), StandardCharsets.ISO_8859_1);
		String boundary = last.header("Content-Type").replaceFirst(".*boundary=", "");
		assertThat(form).startsWith("--" + boundary)
			.contains("whisper-2", "de", "filename=\"a.mp3\"", new String(SOUND, StandardCharsets.ISO_8859_1))
			.doesNotContain("whisper-1")
			.endsWith("--" + boundary + "--\r\n");
		assertThat(last.header("Authorization")).isEqualTo("Bearer first-key");
	}

}
