// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.json;

import java.nio.ByteBuffer;
import java.util.List;

import io.github.llmbreaker.provider.Cuts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JsonSkimmer}.
 */
class JsonSkimmerTests {

	private static final JsonPaths PATHS = new JsonPaths();

	private static final int ROOT = PATHS.watch("");

	private static final int ERROR = PATHS.capture("error", 100);

	private static final int CODE = PATHS.capture("error.code", 20);

	private static final int MESSAGE = PATHS.capture("error.message", 100);

	private static final int FINISH = PATHS.capture("choices[*].finish_reason", 20);

	private static final int CONTENT = PATHS.watch("choices[*].delta.content");

	private static final int TOOLS = PATHS.watch("choices[*].delta.tool_calls");

	private static final int WORD = PATHS.capture("[*]", 10);

	private final JsonSkimmer skimmer = new JsonSkimmer(PATHS);

	@Test
	void findsWhatIsWatchedAndSkipsTheRest() {
		skim("""
				{"id":"x","error":null,"meta":{"error":{"code":"no"}},"choices":[
				{"index":0,"delta":{"role":"assistant","content":"Hi"},"finish_reason":null},
				{"index":1,"delta":{"content":""},"finish_reason":"stop"}],"n":[[1,2],{"a":"]"}]}""");
		assertThat(this.skimmer.kind(ROOT)).isEqualTo(JsonKind.OBJECT);
		assertThat(this.skimmer.kind(ERROR)).isEqualTo(JsonKind.NULL);
		assertThat(this.skimmer.kind(CODE)).isEqualTo(JsonKind.ABSENT);
		assertThat(this.skimmer.isFilled(CONTENT)).isTrue();
		assertThat(this.skimmer.is(FINISH, "stop")).isTrue();
		assertThat(this.skimmer.text(FINISH)).isEqualTo("stop");
		assertThat(this.skimmer.isComplete()).isTrue();
	}

	@Test
	void tellsEmptyFromFilled() {
		skim("{\"choices\":[{\"delta\":{\"content\":\"\",\"tool_calls\":[]}}]}");
		assertThat(this.skimmer.kind(CONTENT)).isEqualTo(JsonKind.STRING);
		assertThat(this.skimmer.isFilled(CONTENT)).isFalse();
		assertThat(this.skimmer.kind(TOOLS)).isEqualTo(JsonKind.ARRAY);
		assertThat(this.skimmer.isFilled(TOOLS)).isFalse();
		skim("{\"choices\":[{\"delta\":{\"tool_calls\":[{}]}}]}");
		assertThat(this.skimmer.isFilled(TOOLS)).isTrue();
	}

	@Test
	void undoesEscapes() {
		String json = "{\"error\":{\"code\":429,\"m\\u0065ssage\":\"a\\n\\\"b\\\"\\\\ \\u00e9 \\ud83d\\ude00 \\ud83d é😀\"}}";
		for (List<ByteBuffer> chunks : Cuts.all(Cuts.utf8(json))) {
			this.skimmer.reset();
			Cuts.feed(chunks, this.skimmer::read);
			assertThat(this.skimmer.text(MESSAGE)).isEqualTo("a\n\"b\"\\ \u00e9 \ud83d\ude00 ? \u00e9\ud83d\ude00");
			assertThat(this.skimmer.kind(CODE)).isEqualTo(JsonKind.NUMBER);
			assertThat(this.skimmer.is(CODE, "429")).isTrue();
			assertThat(this.skimmer.kind(ERROR)).isEqualTo(JsonKind.OBJECT);
			assertThat(this.skimmer.text(ERROR)).isNull();
		}
	}

	@Test
	void keepsNoMoreThanTheLimit() {
		skim("{\"error\":{\"code\":\"" + "x".repeat(5000) + "\"}}");
		assertThat(this.skimmer.text(CODE)).isEqualTo("x".repeat(20));
	}

	@Test
	void readsBareWords() {
		skim("[DONE]");
		assertThat(this.skimmer.kind(WORD)).isEqualTo(JsonKind.OTHER);
		assertThat(this.skimmer.is(WORD, "DONE")).isTrue();
	}

	@Test
	void seesThatADocumentWasCut() {
		skim("{\"choices\":[{\"finish_reason\":\"stop\"}]");
		assertThat(this.skimmer.isComplete()).isFalse();
		assertThat(this.skimmer.text(FINISH)).isEqualTo("stop");
	}

	@Test
	void readsAnErrorThatIsAString() {
		skim("\ufeff \n {\"error\" : \"boom\"}");
		assertThat(this.skimmer.text(ERROR)).isEqualTo("boom");
	}

	@Test
	void firstFilledValueWins() {
		skim("{\"error\":null,\"error\":\"\",\"error\":\"a\",\"error\":\"b\",\"error\":null}");
		assertThat(this.skimmer.text(ERROR)).isEqualTo("a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "}", "]]]]", "{]", "[}", "{\"error\"", "{\"error\":", "{\"error\":}", "{,,:\"",
			"<html>", "{\"a\":tru", "\"", "{\"error\":{{{", "{error:1}", "nul", "{\"choices\":5}",
			"{\"choices\":[5,[],{}]}", "{\"choices\":{\"finish_reason\":1}}", "\\\\\\", "{\"\":\"\"}", "{\"\\",
			"{\"\\uZZZZ\":1}" })
	void toleratesGarbage(String garbage) {
		for (List<ByteBuffer> chunks : Cuts.all(Cuts.utf8(garbage))) {
			this.skimmer.reset();
			Cuts.feed(chunks, this.skimmer::read);
			assertThat(this.skimmer.isFilled(FINISH)).isFalse();
		}
	}

	private void skim(String json) {
		this.skimmer.reset();
		this.skimmer.read(ByteBuffer.wrap(Cuts.utf8(json)));
	}

}
