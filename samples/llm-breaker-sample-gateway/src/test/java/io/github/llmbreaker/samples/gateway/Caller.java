// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;

/**
 * Someone who uses the gateway: with OpenAI's own client, or with bare HTTP to see what
 * is on the wire.
 */
final class Caller {

	/** One for each test, so that no test depends on another one's connections. */
	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String url;

	private final OpenAIClient openAi;

	private final int port;

	Caller(int port) {
		this.port = port;
		this.url = "http://127.0.0.1:" + port;
		this.openAi = OpenAIOkHttpClient.builder()
			.baseUrl(this.url + "/v1")
			.apiKey("caller")
			.maxRetries(0)
			.timeout(Duration.ofSeconds(30))
			.build();
	}

	ChatCompletion ask(String model) {
		return this.openAi.chat().completions().create(params(model));
	}

	static String text(ChatCompletion answer) {
		return answer.choices().get(0).message().content().orElse("");
	}

	/**
	 * Returns all of a streamed answer; what has come before an error is in {@code live}.
	 */
	String stream(String model, StringBuilder live) {
		stream(model, (chunk) -> chunk.choices().forEach((choice) -> choice.delta().content().ifPresent(live::append)));
		return live.toString();
	}

	String stream(String model) {
		return stream(model, new StringBuilder());
	}

	void stream(String model, Consumer<ChatCompletionChunk> consumer) {
		try (StreamResponse<ChatCompletionChunk> stream = this.openAi.chat()
			.completions()
			.createStreaming(params(model))) {
			stream.stream().forEach(consumer);
		}
	}

	HttpResponse<String> post(String model) {
		return send("{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
	}

	HttpResponse<String> postStream(String model) {
		return send(
				"{\"model\":\"" + model + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
	}

	/** A stream that breaks is no answer for {@link #postStream}. */
	Wire wireStream(String model) {
		return Wire.post(this.port, "/v1/chat/completions",
				"{\"model\":\"" + model + "\",\"stream\":true,\"messages\":[]}");
	}

	HttpResponse<String> send(String body) {
		return exchange(HttpRequest.newBuilder(URI.create(this.url + "/v1/chat/completions"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	HttpResponse<String> get(String path) {
		return exchange(HttpRequest.newBuilder(URI.create(this.url + path)));
	}

	private HttpResponse<String> exchange(HttpRequest.Builder request) {
		try {
			return this.http.send(request.timeout(Duration.ofSeconds(30)).build(),
					HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	static ChatCompletionCreateParams params(String model) {
		return ChatCompletionCreateParams.builder().model(model).addUserMessage("Hi").build();
	}

}
