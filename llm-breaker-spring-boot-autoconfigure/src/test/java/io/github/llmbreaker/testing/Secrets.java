// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.testing;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one provider is given and another must not see.
 */
public final class Secrets {

	/** Is in every secret value, and nowhere else. */
	public static final String MARK = "SECRET";

	/** The names by which keys are sent, known ones and others. */
	public static final List<String> HEADERS = List.of("authorization", "x-api-key", "api-key", "cf-aig-authorization",
			"x-amz-security-token", "cf-access-client-secret", "x-litellm-api-key", "x-auth-token", "apikey",
			"x-my-company-secret");

	/** What any provider may see. */
	public static final Map<String, String> ALLOWED = Map.of("traceparent",
			"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "user-agent", "my-application/1",
			"idempotency-key", "once", "accept", "application/json, text/event-stream");

	private Secrets() {
	}

	/** Puts a secret under each of the names. */
	public static void put(BiConsumer<String, String> headers) {
		HEADERS.forEach((name) -> headers.accept(name, of(name)));
	}

	/** The secret that belongs to a name. */
	public static String of(String name) {
		return MARK + "-" + name;
	}

	/** A request that went to the other provider has its key and nothing of the first. */
	public static void assertNoneIn(RecordedRequest request, String key) {
		assertThat(request.head()).doesNotContain(MARK);
		assertThat(request.text()).doesNotContain(MARK);
		String head = request.head().toLowerCase(Locale.ROOT);
		assertThat(head.split("\nauthorization: ", -1)).as(head).hasSize(2);
		assertThat(request.header("authorization")).isEqualTo("Bearer " + key);
		ALLOWED.forEach((name, value) -> assertThat(request.header(name)).as(name).isEqualTo(value));
		assertThat(head.split("\ncontent-length: ", -1)).as(head).hasSize(2);
		assertThat(request.header("transfer-encoding")).isNull();
	}

}
