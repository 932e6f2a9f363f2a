// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;

import io.github.llmbreaker.provider.Cuts;
import io.github.llmbreaker.provider.json.JsonPaths;
import io.github.llmbreaker.provider.json.JsonSkimmer;
import io.github.llmbreaker.provider.request.RequestModels;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with megabytes of input: read once, kept never.
 */
class LargeInputTests {

	private static final int MEGA = 1_000_000;

	private static final JsonPaths PATHS = new JsonPaths();

	private static final int ERROR = PATHS.capture("error.message", 8192);

	private final JsonSkimmer skimmer = new JsonSkimmer(PATHS);

	@ParameterizedTest
	@ValueSource(strings = { "[", "{", "{\"error\":", "{\"error\":[", "]", "}", "\"", "\\", "\"\\", "{\"a\":[", ",",
			":", "\n", "\r", "data:", "data: {\n", "event: x\n", "--b\r\n", "1", "n", "\u00e9", "{\"model\":" })
	void repetitionsEndQuietly(String unit) {
		byte[] bytes = Cuts.utf8(unit.repeat(MEGA / unit.length()));
		ByteBuffer buffer = ByteBuffer.wrap(bytes);
		this.skimmer.read(buffer);
		assertThat(this.skimmer.isFilled(ERROR)).isFalse();
		assertThat(RequestModels.scan(buffer)).isNull();
		assertThat(RequestModels.scan(new String(bytes))).isNull();
		assertThat(RequestModels.scanMultipart(buffer, "multipart/form-data; boundary=b")).isNull();
		for (Function<EventSink, EventFramer> factory : java.util.List.<Function<EventSink, EventFramer>>of(
				SseFramer::new, JsonLinesFramer::new, JsonArrayFramer::new, AwsEventFramer::new)) {
			Counter counter = new Counter();
			EventFramer framer = factory.apply(counter);
			framer.read(buffer);
			framer.end();
			// each byte is handed on at most once, with one line feed per line
			assertThat(counter.bytes).isLessThanOrEqualTo(2L * MEGA);
			assertThat(counter.events).isLessThanOrEqualTo(MEGA);
		}
	}

	@Test
	void longEventPassesInSlicesOfItsChunks() {
		Counter counter = new Counter();
		SseFramer framer = new SseFramer(counter);
		byte[] chunk = new byte[8192];
		Arrays.fill(chunk, (byte) 'x');
		framer.read(ByteBuffer.wrap(Cuts.utf8("data: ")));
		for (int i = 0; i < 1000; i++) {
			framer.read(ByteBuffer.wrap(chunk));
		}
		framer.read(ByteBuffer.wrap(Cuts.utf8("\n\n")));
		assertThat(counter.slices).isEqualTo(1000);
		assertThat(counter.bytes).isEqualTo(8_192_000);
		assertThat(counter.events).isOne();
	}

	@Test
	void skimsALargeAnswer() {
		StringBuilder json = new StringBuilder("{\"data\":[{\"embedding\":[");
		Random random = new Random(1);
		while (json.length() < 5 * MEGA) {
			json.append(random.nextFloat()).append(',');
		}
		json.append("0]}],\"error\":{\"message\":\"late\"}}");
		ByteBuffer direct = ByteBuffer.allocateDirect(json.length()).put(Cuts.utf8(json.toString())).flip();
		this.skimmer.read(direct);
		assertThat(this.skimmer.text(ERROR)).isEqualTo("late");
		assertThat(this.skimmer.isComplete()).isTrue();
	}

	@Test
	void keepsABoundedPartOfALongMessage() {
		this.skimmer.read(ByteBuffer.wrap(Cuts.utf8("{\"error\":{\"message\":\"" + "\\n".repeat(MEGA) + "\"}}")));
		assertThat(this.skimmer.text(ERROR)).isEqualTo("\n".repeat(8192));
	}

	@Test
	void randomBytesEndQuietly() {
		byte[] bytes = new byte[MEGA];
		new Random(7).nextBytes(bytes);
		this.skimmer.read(ByteBuffer.wrap(bytes));
		assertThat(RequestModels.scan(ByteBuffer.wrap(bytes))).isNull();
		assertThat(RequestModels.scanMultipart(ByteBuffer.wrap(bytes), "multipart/form-data; boundary=b")).isNull();
	}

	@Test
	void findsTheModelBehindALargeFile() {
		byte[] file = new byte[5 * MEGA];
		new Random(7).nextBytes(file);
		byte[] head = Cuts.utf8("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n");
		byte[] tail = Cuts.utf8("\r\n--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n--b--");
		ByteBuffer form = ByteBuffer.allocateDirect(head.length + file.length + tail.length);
		form.put(head).put(file).put(tail).flip();
		assertThat(RequestModels.scanMultipart(form, "multipart/form-data; boundary=b")).isEqualTo("whisper-1");
	}

	private static final class Counter implements EventSink {

		private long bytes;

		private long slices;

		private long events;

		@Override
		public void onBytes(byte[] slice, int from, int to) {
			assertThat(to).isGreaterThanOrEqualTo(from);
			this.bytes += to - from;
			this.slices++;
		}

		@Override
		public void onEvent(@Nullable String name) {
			this.events++;
		}

	}

}
