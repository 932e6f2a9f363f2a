// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

import io.github.llmbreaker.provider.AwsFrames;
import io.github.llmbreaker.provider.Cuts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SseFramer}, {@link JsonLinesFramer}, {@link JsonArrayFramer} and
 * {@link AwsEventFramer}.
 */
class EventFramerTests {

	@ParameterizedTest
	@CsvSource({ "'data: a¶¶data: b¶¶','|a;|b'", "'data:a¶¶data:  b¶¶','|a;| b'", "'data: a¶data: b¶data:¶¶','|a¶b¶'",
			"'event: ping¶data: {}¶¶','ping|{}'", "'data: {}¶event: late¶id: 3¶retry: 5¶¶','late|{}'",
			"': comment¶¶¶¶:¶data: a¶¶','|a'", "'data: a','|a'", "'data: a¶','|a'", "'data','|'", "'event: x','x|'",
			"'error: {\"code\":500}¶¶','error:|{\"code\":500}'",
			"'data: a¶¶{¶ \"error\": {}¶}¶','|a;|{¶ \"error\": {}¶}'", "'data: a¶{\"error\":1}¶¶','|a;|{\"error\":1}'",
			"'datax: a¶dat: b¶¶data: c¶¶','|c'", "'event: a¶event: b¶data: c¶¶data: d¶¶','b|c;|d'",
			"'\ufeffdata: a¶¶','|a'", "'','' ", "'data: [DONE]¶¶','|[DONE]'",
			"'[{\"error\":{}}]¶','|[{\"error\":{}}]'" })
	void cutsServerSentEvents(String text, String expected) {
		for (String lineEnd : List.of("\n", "\r\n", "\r")) {
			byte[] bytes = Cuts.utf8(text.replace("¶", lineEnd));
			List<String> events = expected.isEmpty() ? List.of()
					: Arrays.asList(expected.replace("¶", "\n").split(";"));
			for (List<ByteBuffer> chunks : Cuts.all(bytes)) {
				assertThat(Events.of(chunks, SseFramer::new).list()).isEqualTo(events);
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "'{\"a\":1}¶{\"b\":2}¶','|{\"a\":1};|{\"b\":2}'", "'¶ ¶{}','|{}'", "'',''" })
	void jsonLinesAreEventsHoweverTheyArrive(String text, String expected) {
		List<String> events = expected.isEmpty() ? List.of() : Arrays.asList(expected.split(";"));
		for (String lineEnd : List.of("\n", "\r\n")) {
			for (List<ByteBuffer> chunks : Cuts.all(Cuts.utf8(text.replace("¶", lineEnd)))) {
				assertThat(Events.of(chunks, JsonLinesFramer::new).list()).isEqualTo(events);
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "'[{\"a\":[1,{}]}, {\"b\":\"]},\\\"\"}\n]','|{\"a\":[1,{}]};|{\"b\":\"]},\\\"\"}',false",
			"'{\"error\":{}}','|{\"error\":{}}',false", "'[{\"a\":1},{\"b\"','|{\"a\":1};|{\"b\"',true",
			"'[1, \"x,]\",null]','|1;|\"x,]\";|null',false", "'[]','',false", "'','',true", "'[{}','|{}',true",
			"'\ufeff[{}]','|{}',false" })
	void elementsOfArraysAreEventsHoweverTheyArrive(String text, String expected, boolean broken) {
		List<String> events = expected.isEmpty() ? List.of() : Arrays.asList(expected.split(";"));
		for (List<ByteBuffer> chunks : Cuts.all(Cuts.utf8(text))) {
			Events found = Events.of(chunks, JsonArrayFramer::new);
			assertThat(found.list()).isEqualTo(events);
			assertThat(found.isBroken()).isEqualTo(broken);
		}
	}

	@Test
	void cutsAwsEventStreams() {
		byte[] stream = concat(AwsFrames.frame("{\"a\":1}", ":message-type", "event", ":event-type", "messageStart"),
				AwsFrames.frame("", ":event-type", "ping"),
				AwsFrames.frame("{}", ":exception-type", "throttlingException", ":message-type", "exception"),
				AwsFrames.frame("{}", ":message-type", "error", ":error-code", "InternalFailure"),
				AwsFrames.frame("x"));
		for (List<ByteBuffer> chunks : Cuts.all(stream)) {
			Events events = Events.of(chunks, AwsEventFramer::new);
			assertThat(events.list()).containsExactly("messageStart|{\"a\":1}", "ping|",
					"exception:throttlingException|{}", "error:InternalFailure|{}", "|x");
			assertThat(events.isBroken()).isFalse();
		}
	}

	@Test
	void reportsACutAwsFrame() {
		byte[] stream = concat(AwsFrames.frame("{}", ":event-type", "a"), AwsFrames.frame("{}", ":event-type", "b"));
		for (int length = 1; length < stream.length; length++) {
			Events events = Events.of(List.of(ByteBuffer.wrap(stream, 0, length)), AwsEventFramer::new);
			assertThat(events.isBroken()).isEqualTo(length != stream.length / 2);
			assertThat(events.list()).hasSize((length >= stream.length / 2) ? 1 : 0);
		}
	}

	@Test
	void reportsADamagedAwsFrame() {
		byte[] stream = AwsFrames.frame("{}", ":event-type", "a");
		for (int i = 0; i < stream.length; i++) {
			byte[] damaged = stream.clone();
			damaged[i] ^= 4;
			Events events = Events.of(List.of(ByteBuffer.wrap(damaged)), AwsEventFramer::new);
			assertThat(events.isBroken()).as("byte %d", i).isTrue();
			assertThat(events.list()).isEmpty();
		}
	}

	private static byte[] concat(byte[]... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			all.writeBytes(part);
		}
		return all.toByteArray();
	}

}
