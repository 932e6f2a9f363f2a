// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request, what came back, and what that means.
 */
record RecordedCall(String id, JsonNode json) {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	static List<RecordedCall> readAll(String lines) {
		return lines.lines().filter((line) -> !line.isBlank()).map(MAPPER::readTree).map(RecordedCall::of).toList();
	}

	static RecordedCall of(JsonNode json) {
		return new RecordedCall(json.get("id").asString(), json);
	}

	URI url() {
		return URI.create(text(this.json.get("request"), "url"));
	}

	byte[] requestBody() {
		JsonNode body = this.json.get("request").get("body");
		return bytes((body != null && !body.isNull()) ? body.asString() : "", null);
	}

	@Nullable String requestType() {
		return text(this.json.get("request"), "content_type");
	}

	boolean isAnswered() {
		return this.json.hasNonNull("response");
	}

	int status() {
		return this.json.get("response").get("status").asInt();
	}

	byte[] body() {
		JsonNode response = this.json.get("response");
		JsonNode body = response.get("body");
		String text = (body == null || body.isNull()) ? "" : body.isString() ? body.asString() : body.toString();
		return bytes(text, text(response, "body_encoding"));
	}

	HeaderLookup headers() {
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		JsonNode response = this.json.get("response");
		response.get("headers")
			.properties()
			.forEach((entry) -> headers.put(entry.getKey(), entry.getValue().asString()));
		String type = text(response, "content_type");
		if (type != null) {
			headers.put("content-type", type);
		}
		return headers::get;
	}

	@Nullable String fault() {
		return text(this.json, "transport_fault");
	}

	Instant now() {
		String now = text(this.json, "now");
		return (now != null) ? Instant.parse(now) : Instant.parse("2026-10-20T12:00:00Z");
	}

	/** The provider that has to be configured for this call, {@code null} for none. */
	@Nullable LlmProvider configured() {
		JsonNode config = this.json.get("config");
		if (config == null || config.isNull()) {
			return null;
		}
		String name = String.valueOf(text(config, "name"));
		String dialect = text(config, "dialect");
		List<URI> urls = new ArrayList<>();
		config.get("base_urls").forEach((url) -> urls.add(URI.create(url.asString())));
		return new LlmProvider(name, dialect((dialect != null) ? dialect : name), urls, null);
	}

	private static LlmDialect dialect(String id) {
		return BuiltInDialects.all()
			.stream()
			.filter((dialect) -> dialect.id().equals(id))
			.findFirst()
			.orElseGet(() -> dialect("openai"));
	}

	@Nullable String expected(String field) {
		return text(this.json.get("expected"), field);
	}

	List<String> kinds() {
		List<String> kinds = new ArrayList<>();
		if ("client_cancelled".equals(fault())) {
			kinds.add("CANCELLED");
			return kinds;
		}
		kinds.add(String.valueOf(expected("outcome")));
		JsonNode others = this.json.get("acceptable_outcomes");
		if (others != null) {
			others.forEach((other) -> kinds.add(other.asString()));
		}
		return kinds;
	}

	List<String> scopes() {
		List<String> scopes = new ArrayList<>();
		scopes.add(String.valueOf(expected("scope")).toUpperCase(Locale.ROOT));
		JsonNode others = this.json.get("acceptable_scopes");
		if (others != null) {
			others.forEach((other) -> scopes.add(other.asString()));
		}
		return scopes;
	}

	/** The waits that are right, in milliseconds; {@code null} for none. */
	List<@Nullable Long> waits() {
		List<@Nullable Long> waits = new ArrayList<>();
		waits.add(wait(this.json.get("expected").get("retry_after_ms")));
		JsonNode others = this.json.get("acceptable_waits");
		if (others != null) {
			others.forEach((other) -> waits.add(wait(other)));
		}
		return waits;
	}

	private static @Nullable Long wait(JsonNode node) {
		return (node == null || node.isNull()) ? null : node.asLong();
	}

	/** Whether endpoint and model are a matter of taste. */
	boolean isIdentityOpen() {
		return this.json.has("identity_any");
	}

	String provider() {
		return String.valueOf(expected("provider")).toLowerCase(Locale.ROOT);
	}

	private static @Nullable String text(JsonNode node, String field) {
		JsonNode value = node.get(field);
		return (value == null || value.isNull()) ? null : value.asString();
	}

	private static byte[] bytes(String text, @Nullable String encoding) {
		return "base64".equals(encoding) ? Base64.getDecoder().decode(text) : text.getBytes(StandardCharsets.UTF_8);
	}

}
