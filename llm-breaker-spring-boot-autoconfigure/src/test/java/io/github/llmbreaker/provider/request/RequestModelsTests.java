// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.request;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.llmbreaker.provider.Cuts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestModels}.
 */
class RequestModelsTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '^', delimiter = '|', textBlock = """
			{"model":"a"}|a
			 { "model" : "a" , |a
			{"messages":[{"content":"{\\"model\\":\\"evil\\"}"}],"metadata":{"model":"x"},"model":"a"}|a
			{"tools":[{"parameters":{"model":{"type":"string"}}}],"model":"a/b:c"}|a/b:c
			{"m\\u006fdel":"g\\u0070t\\n\\u00e9"}|gpt\\né
			{"model":"é😀"}|é😀
			{"model":null,"model":"a"}|a
			{"model":"a","model":"b"}|a
			{"model":""}|
			{"model":null}|
			{"model":5}|
			{"model":{"model":"x"}}|
			{"models":["a","b"]}|a
			{"models":["a","b"],"model":"c"}|c
			{"models":["a","b"]|
			{"agent_id":"ag:1","messages":[]}|ag:1
			{"agent_id":"ag:1","messages":[|
			{"messages":[],"model_id":"ibm/granite"}|ibm/granite
			{"model_id":"ibm/granite","model":"m"}|m
			{"model":"gpt|
			{"model":|
			{"mod|
			{"Model":"a"}|
			["model","a"]|
			"model"|
			{}|
			<model>|
			{"x":"\\\\","model":"a"}|a
			{"x":"\\\\\\"model\\":","model":"a"}|a
			{"x":[[[{"model":"no"}]]],"model":"a"}|a
			{"x":tru,"y":01e+,"model":"a"}|a
			{,,"model":"a"}|a
			""")
	void scansUpToTheModel(String json, @Nullable String model) {
		String expected = (model != null) ? model.replace("\\n", "\n") : null;
		assertThat(RequestModels.scan(json)).isEqualTo(expected);
		assertThat(RequestModels.scan(new StringBuilder(json))).isEqualTo(expected);
		assertThat(RequestModels.of(json)).isEqualTo(expected);
		assertThat(RequestModels.of(Cuts.utf8(json))).isEqualTo(expected);
		assertThat(RequestModels.scan("\ufeff" + json)).isEqualTo(expected);
		List<ByteBuffer> chunks = Cuts.none(Cuts.utf8(json));
		Cuts.feed(chunks, (buffer) -> assertThat(RequestModels.scan(buffer)).isEqualTo(expected));
		Cuts.feed(chunks, (buffer) -> assertThat(RequestModels.of(buffer)).isEqualTo(expected));
		Cuts.feed(chunks, (buffer) -> assertThat(RequestModels.of(buffer.asReadOnlyBuffer())).isEqualTo(expected));
	}

	@Test
	void emptyTextNamesNoModel() {
		assertThat(RequestModels.scan("")).isNull();
		assertThat(RequestModels.scan(ByteBuffer.allocate(0))).isNull();
	}

	@Test
	void scansTextOfAnyAlphabetAndLength() {
		for (int length = 1015; length < 1030; length++) {
			String text = "é😀".repeat(length / 3) + "x".repeat(length % 3) + "\ud83d";
			String json = "{\"text\":\"" + text + "\",\"model\":\"мой😀\"}";
			assertThat(RequestModels.scan(json)).isEqualTo("мой😀");
			assertThat(RequestModels.scan(ByteBuffer.wrap(Cuts.utf8(json)))).isEqualTo("мой😀");
		}
	}

	@Test
	void stopsAtTheModel() {
		String json = "{\"model\":\"a\",\"messages\":[" + " ".repeat(100_000);
		CharSequence guarded = new CharSequence() {

			@Override
			public int length() {
				return json.length();
			}

			@Override
			public char charAt(int index) {
				assertThat(index).isLessThan(5000);
				return json.charAt(index);
			}

			@Override
			public CharSequence subSequence(int start, int end) {
				throw new UnsupportedOperationException();
			}

		};
		assertThat(RequestModels.scan(guarded)).isEqualTo("a");
	}

	@Test
	void modelOfAMapIsFound() {
		Map<Object, Object> map = new HashMap<>();
		assertThat(RequestModels.of(map)).isNull();
		map.put("model", null);
		assertThat(RequestModels.of(map)).isNull();
		map.put("models", List.of("b", "c"));
		assertThat(RequestModels.of(map)).isEqualTo("b");
		map.put("model", new StringBuilder("a"));
		assertThat(RequestModels.of(map)).isEqualTo("a");
		assertThat(RequestModels.of(Map.of("agent_id", "ag:1"))).isEqualTo("ag:1");
		assertThat(RequestModels.of(Map.of(new Key("model"), "a"))).isEqualTo("a");
		assertThat(RequestModels.of(new TreeMap<>(Map.of(1, "x")))).isNull();
		assertThat(RequestModels.of(Collections.emptyMap())).isNull();
		assertThat(RequestModels.of(Map.of("model", Optional.of("a")))).isEqualTo("a");
		assertThat(RequestModels.of(Map.of("model", Optional.empty()))).isNull();
		assertThat(RequestModels.of(Map.of("model", new Object()))).isNull();
	}

	@Test
	void modelOfAFormIsFound() {
		MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
		form.add("file", new byte[10]);
		form.add("model", "whisper-1");
		assertThat(RequestModels.of(form)).isEqualTo("whisper-1");
		MultipartBodyBuilder builder = new MultipartBodyBuilder();
		builder.part("file", new byte[10], MediaType.APPLICATION_OCTET_STREAM);
		builder.part("model", "whisper-1");
		assertThat(RequestModels.of(builder.build())).isEqualTo("whisper-1");
	}

	@Test
	void asksRecordsAndBeans() {
		assertThat(RequestModels.of(new Plain("a", 1))).isEqualTo("a");
		assertThat(RequestModels.of(new Plain(null, 1))).isNull();
		assertThat(RequestModels.of(new Renamed("a"))).isEqualTo("a");
		assertThat(RequestModels.of(new RenamedAway("a"))).isNull();
		assertThat(RequestModels.of(new Nested(new Named("a")))).isEqualTo("a");
		assertThat(RequestModels.of(new Bean())).isEqualTo("a");
		assertThat(RequestModels.of(new SubBean())).isEqualTo("a");
		assertThat(RequestModels.of(new PublicField())).isEqualTo("a");
		assertThat(RequestModels.of(new PrivateField())).isEqualTo("a");
		assertThat(RequestModels.of(new Immutable("a"))).isEqualTo("a");
		assertThat(RequestModels.of(new Failing())).isNull();
		assertThat(RequestModels.of(new Object())).isNull();
		assertThat(RequestModels.of(List.of("model"))).isNull();
		assertThat(RequestModels.of(5)).isNull();
	}

	@Test
	void readsNamesInAnyWrapping() {
		assertThat(RequestModels.of(Map.of("model", Constant.GPT_4))).isEqualTo("gpt-4");
		assertThat(RequestModels.of(Map.of("model", Constant.PLAIN))).isEqualTo("PLAIN");
		assertThat(RequestModels.of(Map.of("model", Valued.GPT_4))).isEqualTo("gpt-4");
		assertThat(RequestModels.of(Map.of("model", new Named("a")))).isEqualTo("a");
		assertThat(RequestModels.of(Map.of("model", new Talking()))).isEqualTo("a");
		assertThat(RequestModels.of(Map.of("model", new Plain("x", 1)))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"model\":\"a\",\"x\":{\"model\":\"b\"}}", "{\"models\":[\"a\",\"b\"]}",
			"{\"agent_id\":\"a\"}", "{\"model\":null,\"agent_id\":\"a\"}" })
	void modelOfATreeIsFound(String json) throws Exception {
		assertThat(RequestModels.of(new com.fasterxml.jackson.databind.ObjectMapper().readTree(json))).isEqualTo("a");
		assertThat(RequestModels.of(new tools.jackson.databind.ObjectMapper().readTree(json))).isEqualTo("a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"model\":null}", "{\"model\":5}", "[\"model\"]", "\"model\"", "5",
			"{\"model\":{\"model\":\"x\"}}" })
	void treesWithoutModelNameNone(String json) throws Exception {
		com.fasterxml.jackson.databind.JsonNode second = new com.fasterxml.jackson.databind.ObjectMapper()
			.readTree(json);
		tools.jackson.databind.JsonNode third = new tools.jackson.databind.ObjectMapper().readTree(json);
		if (!json.contains("{\"model\":{")) {
			assertThat(RequestModels.of(second)).isNull();
			assertThat(RequestModels.of(third)).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "multipart/form-data; boundary=b0", "multipart/form-data;charset=utf-8;boundary=\"b0\"",
			"Multipart/Form-Data; BOUNDARY=b0 ; x=y" })
	void modelOfEncodedFormsIsFound(String contentType) {
		for (String lineEnd : List.of("\r\n", "\n")) {
			String form = """
					preamble
					--b0
					Content-Type: audio/wav
					Content-Disposition: form-data; name="file"; filename="a; name=\\"model\\".wav"

					RIFF\u0000\u00ff name="model"

					fake
					--b0x
					--b
					--b0
					content-disposition: form-data; filename="m"; name="model"

					a file
					--b0
					content-disposition: Form-Data; NAME=model
					Content-Type: text/plain

					whisper-1
					--b0--
					--b0
					Content-Disposition: form-data; name=model

					late
					--b0--
					""".replace("\n", lineEnd);
			byte[] bytes = form.getBytes(StandardCharsets.ISO_8859_1);
			List<ByteBuffer> chunks = Cuts.none(bytes);
			Cuts.feed(chunks,
					(buffer) -> assertThat(RequestModels.scanMultipart(buffer, contentType)).isEqualTo("whisper-1"));
			int end = form.indexOf("whisper-1") + 10;
			assertThat(RequestModels.scanMultipart(ByteBuffer.wrap(bytes, 0, end - 3), contentType)).isNull();
		}
	}

	@Test
	void encodedFormsWithoutModelNameNone() {
		ByteBuffer form = ByteBuffer
			.wrap(Cuts.utf8("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b--\r\n"));
		assertThat(RequestModels.scanMultipart(form, "multipart/form-data; boundary=b")).isNull();
		assertThat(RequestModels.scanMultipart(form, "multipart/form-data")).isNull();
		assertThat(RequestModels.scanMultipart(form, "")).isNull();
		assertThat(RequestModels.scanMultipart(ByteBuffer.allocate(0), "multipart/form-data; boundary=b")).isNull();
	}

	private record Plain(@Nullable String model, int n) {
	}

	private record Renamed(@JsonProperty("model") String deployment) {
	}

	private record RenamedAway(@JsonProperty("engine") String model) {
	}

	private record Nested(Named model) {
	}

	private record Named(@JsonValue String name) {
	}

	private record Key(String name) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	private static class Bean {

		public String getModel() {
			return "a";
		}

	}

	private static final class SubBean extends Bean {

	}

	private static final class PublicField {

		public String model = "a";

	}

	private static final class PrivateField {

		@JsonProperty("model")
		private final String name = "a";

	}

	private static final class Immutable {

		private final String name;

		@JsonCreator
		Immutable(@JsonProperty("model") String name) {
			this.name = name;
		}

		public String getName() {
			return this.name;
		}

	}

	private static final class Failing {

		public String getModel() {
			throw new IllegalStateException();
		}

	}

	private static final class Talking {

		@Override
		public String toString() {
			return "a";
		}

	}

	private enum Constant {

		@JsonProperty("gpt-4")
		GPT_4,

		PLAIN

	}

	private enum Valued {

		GPT_4;

		@JsonValue
		String value() {
			return "gpt-4";
		}

	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"model\":\"gpt", "{\"mo", "{\"models\":[\"a\"", "{\"a\":[{\"b\":", "{\"model\":\"\\u00",
			"{\"agent_id\":\"a\",\"x\":tru" })
	void bodyThatIsCutDoesNotChangeWhatTheNextOneSays(String cut) {
		RequestModels.of(cut);
		assertThat(RequestModels.of("{\"messages\":[]}")).isNull();
		RequestModels.of(cut);
		assertThat(RequestModels.of("{\"model\":\"next\"}")).isEqualTo("next");
		RequestModels.scan(ByteBuffer.wrap(cut.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer());
		assertThat(RequestModels.of("{\"models\":[\"other\"]}")).isEqualTo("other");
	}

}
