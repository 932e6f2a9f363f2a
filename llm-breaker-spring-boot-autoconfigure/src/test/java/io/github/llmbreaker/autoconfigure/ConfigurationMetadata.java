// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the build says about the properties, as IDEs read it.
 */
final class ConfigurationMetadata {

	private final JsonNode root;

	ConfigurationMetadata() {
		try (InputStream metadata = LlmBreakerProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			this.root = new JsonMapper().readTree(Objects.requireNonNull(metadata));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	List<Property> properties() {
		return this.root.get("properties").valueStream().map(Property::of).toList();
	}

	Stream<Property> ownProperties() {
		return properties().stream().filter((property) -> property.name().startsWith("llm-breaker."));
	}

	List<String> hints() {
		return this.root.get("hints").valueStream().map((hint) -> hint.get("name").asString()).toList();
	}

	List<String> values(String hint) {
		return this.root.get("hints")
			.valueStream()
			.filter((candidate) -> candidate.get("name").asString().equals(hint))
			.flatMap((candidate) -> candidate.get("values").valueStream())
			.map((value) -> value.get("value").asString())
			.toList();
	}

	/**
	 * A property.
	 *
	 * @param name its full name
	 * @param type its Java type
	 * @param defaultValue its default as written in a properties file, if it has one
	 * @param description what it is
	 */
	record Property(String name, String type, @Nullable String defaultValue, @Nullable String description) {

		static Property of(JsonNode node) {
			return new Property(node.get("name").asString(), node.get("type").asString(),
					text(node.get("defaultValue")), text(node.get("description")));
		}

		private static @Nullable String text(@Nullable JsonNode node) {
			if (node == null) {
				return null;
			}
			return node.isArray() ? String.join(",", node.valueStream().map(JsonNode::asString).toList())
					: node.asString();
		}

	}

}
