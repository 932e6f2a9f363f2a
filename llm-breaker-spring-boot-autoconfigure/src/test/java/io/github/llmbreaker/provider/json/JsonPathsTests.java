// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link JsonPaths}: how many there may be.
 */
class JsonPathsTests {

	private static final int MANY = 200;

	private final JsonPaths paths = new JsonPaths();

	private final int[] fields = IntStream.range(0, MANY)
		.map((i) -> this.paths.capture("m" + i + ".code", 20))
		.toArray();

	private final JsonSkimmer skimmer = new JsonSkimmer(this.paths);

	@Test
	void eachOfManyPathsIsFoundByItself() {
		for (int i = 0; i < MANY; i++) {
			skim("{\"m%d\":{\"code\":\"c%d\"}}".formatted(i, i));
			for (int other = 0; other < MANY; other++) {
				assertThat(this.skimmer.isFilled(this.fields[other])).isEqualTo(other == i);
				assertThat(this.skimmer.text(this.fields[other])).isEqualTo((other == i) ? "c" + i : null);
			}
		}
	}

	@Test
	void allOfManyPathsAreFoundTogether() {
		skim(IntStream.range(0, MANY)
			.mapToObj((i) -> "\"m%d\":{\"code\":%d}".formatted(i, i))
			.collect(Collectors.joining(",", "{", "}")));
		for (int i = 0; i < MANY; i++) {
			assertThat(this.skimmer.is(this.fields[i], String.valueOf(i))).isTrue();
		}
		skim("{}");
		for (int field : this.fields) {
			assertThat(this.skimmer.isFilled(field)).isFalse();
			assertThat(this.skimmer.kind(field)).isEqualTo(JsonKind.ABSENT);
		}
	}

	@Test
	void onlySomeOfManyPathsKeepEverything() {
		JsonPaths many = new JsonPaths();
		int first = many.capture("first[*]", 20);
		for (int i = 0; i < MANY; i++) {
			many.watch("w" + i);
		}
		int all = many.captureAll("all[*]", 20);
		JsonSkimmer json = new JsonSkimmer(many);
		json.read(utf8("{\"first\":[1,2],\"all\":[1,2]}"));
		assertThat(json.text(first)).isEqualTo("1");
		assertThat(json.text(all)).isEqualTo("1 2");
	}

	@Test
	void samePathTwiceIsAMistake() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.paths.watch("m7.code"))
			.withMessage("'m7.code' is declared twice");
	}

	private void skim(String json) {
		this.skimmer.reset();
		this.skimmer.read(utf8(json));
	}

	private static ByteBuffer utf8(String json) {
		return ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
	}

}
