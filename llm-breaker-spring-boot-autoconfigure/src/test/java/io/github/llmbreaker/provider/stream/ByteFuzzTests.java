// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

import io.github.llmbreaker.provider.AwsFrames;
import io.github.llmbreaker.provider.Cuts;
import io.github.llmbreaker.provider.IdentifiedCall;
import io.github.llmbreaker.provider.LlmOperation;
import io.github.llmbreaker.provider.LlmProvider;
import io.github.llmbreaker.provider.PathDialect;
import io.github.llmbreaker.provider.RandomJson;
import io.github.llmbreaker.provider.Randomized;
import io.github.llmbreaker.provider.json.JsonPaths;
import io.github.llmbreaker.provider.json.JsonSkimmer;
import io.github.llmbreaker.provider.request.RequestModels;
import io.github.llmbreaker.provider.request.RequestRewrite;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with input that nobody would think of: cut anywhere, changed anywhere, or no
 * sense at all.
 */
class ByteFuzzTests {

	private static final int RUNS = 400;

	private static final JsonPaths PATHS = new JsonPaths();

	private static final List<Integer> FIELDS = List.of(PATHS.watch(""), PATHS.capture("error", 40),
			PATHS.capture("error.code", 10), PATHS.capture("error.message", 40), PATHS.capture("type", 20),
			PATHS.watch("choices[*].delta.content"), PATHS.watch("choices[*].delta.tool_calls"),
			PATHS.capture("choices[*].finish_reason", 20), PATHS.capture("[*]", 10), PATHS.watch("usage.n"),
			PATHS.watch("list[*]"));

	private static final String[] PIECES = { "{", "}", "[", "]", "\"", ":", ",", "\\", "\\\"", "\\u00e9", "\\ud83d",
			"null", "true", "5", "-1.5e3", "\"error\":", "\"code\":", "\"message\":", "\"type\":", "\"choices\":[",
			"\"delta\":{", "\"content\":", "\"tool_calls\":", "\"finish_reason\":", "\"stop\"", "\"model\":",
			"\"models\":[", "\"agent_id\":", "é", "😀", "\u0000", " ", "\n", "\r\n", "\r", "data: ", "data:", "event: ",
			"error: ", ":", "id: 1", "\ufeff", "[DONE]", "--b", "\r\n--b\r\n", "--b--", "name=\"model\"",
			"Content-Disposition: form-data; ", "\r\n\r\n", "x" };

	@Test
	void documentReadsTheSameHoweverItIsCut() {
		Randomized.run(RUNS, (random, input) -> {
			byte[] bytes = input.note("bytes", soup(random));
			List<ByteBuffer> cuts = Cuts.random(bytes, random);
			input.note("cuts", Cuts.sizes(cuts));
			JsonSkimmer whole = new JsonSkimmer(PATHS);
			whole.read(ByteBuffer.wrap(bytes));
			JsonSkimmer cut = new JsonSkimmer(PATHS);
			Cuts.feed(cuts, cut::read);
			assertThat(describe(cut)).isEqualTo(describe(whole));
		});
	}

	@Test
	void eventReadsTheSameWhateverCameBefore() {
		Randomized.run(RUNS, (random, input) -> {
			byte[] event = Cuts.utf8(RandomJson.event(random));
			JsonSkimmer reused = new JsonSkimmer(PATHS);
			List<String> before = null;
			for (int i = 0; i < 40; i++) {
				input.note("before", event);
				byte[] next = (random.nextInt(4) > 0) ? Cuts.utf8(RandomJson.event(random)) : event;
				event = input.note("event", (random.nextInt(3) == 0) ? RandomJson.vary(next, random) : next);
				JsonSkimmer fresh = new JsonSkimmer(PATHS);
				fresh.read(ByteBuffer.wrap(event));
				reused.reset();
				if (random.nextInt(8) == 0) {
					Cuts.feed(Cuts.random(event, random), reused::read);
				}
				else {
					reused.read(ByteBuffer.wrap(event));
				}
				assertThat(describe(reused)).isEqualTo(describe(fresh));
				if (reused.isRepeated()) {
					assertThat(describe(reused)).isEqualTo(before);
				}
				before = describe(reused);
			}
		});
	}

	@ParameterizedTest
	@EnumSource
	void streamHasTheSameEventsHoweverItIsCut(Framing framing) {
		Randomized.run(RUNS, (random, input) -> {
			byte[] bytes = input.note("bytes", soup(random));
			List<ByteBuffer> cuts = Cuts.random(bytes, random);
			input.note("cuts", Cuts.sizes(cuts));
			Events whole = Events.of(List.of(ByteBuffer.wrap(bytes)), framing.framer);
			Events cut = Events.of(cuts, framing.framer);
			assertThat(cut.list()).isEqualTo(whole.list());
			assertThat(cut.isBroken()).isEqualTo(whole.isBroken());
		});
	}

	@Test
	void changedAwsStreamNeverHasEventsThatWereNotSent() {
		Randomized.run(RUNS, (random, input) -> {
			byte[] frame = AwsFrames.frame("{\"a\":" + random.nextLong() + "}", ":event-type", "chunk");
			byte[] stream = new byte[frame.length * 3];
			for (int i = 0; i < 3; i++) {
				System.arraycopy(frame, 0, stream, i * frame.length, frame.length);
			}
			List<String> sent = Events.of(List.of(ByteBuffer.wrap(stream)), AwsEventFramer::new).list();
			stream[random.nextInt(stream.length)] ^= (byte) (1 << random.nextInt(8));
			List<ByteBuffer> cuts = Cuts.random(input.note("stream", stream), random);
			input.note("cuts", Cuts.sizes(cuts));
			Events changed = Events.of(cuts, AwsEventFramer::new);
			assertThat(changed.isBroken()).isTrue();
			assertThat(changed.list()).hasSizeLessThan(3).allMatch(sent::contains);
		});
	}

	@Test
	void bytesBuffersAndTextNameTheSameModel() {
		Randomized.run(RUNS, (random, input) -> {
			String text = input.note("text", new String(soup(random), StandardCharsets.UTF_8));
			byte[] bytes = Cuts.utf8(text);
			String model = RequestModels.scan(text);
			assertThat(RequestModels.scan(new StringBuilder(text))).isEqualTo(model);
			Cuts.feed(Cuts.none(bytes), (buffer) -> {
				assertThat(RequestModels.scan(buffer)).isEqualTo(model);
				RequestModels.scanMultipart(buffer, "multipart/form-data; boundary=b");
			});
		});
	}

	@Test
	void rewrittenRequestNamesTheNewModelAndIsOtherwiseTheSame() {
		LlmProvider provider = new LlmProvider("p", new PathDialect("p", "p.example"), List.of(), null);
		RequestRewrite rewrite = new RequestRewrite(
				new IdentifiedCall(provider, new LlmOperation("chat", null, true), null),
				URI.create("https://p.example/chat"), provider, "new");
		Randomized.run(RUNS, (random, input) -> {
			String text = input.note("text", new String(soup(random), StandardCharsets.UTF_8));
			byte[] rewritten = rewrite.json(Cuts.utf8(text));
			assertThat(rewrite.json(rewritten)).isEqualTo(rewritten);
		});
	}

	private static byte[] soup(SplittableRandom random) {
		StringBuilder text = new StringBuilder(random.nextBoolean() ? "{" : "");
		int count = random.nextInt(40);
		for (int i = 0; i < count; i++) {
			text.append(switch (random.nextInt(8)) {
				case 0 -> RandomJson.event(random);
				case 1 -> RandomJson.value(random);
				default -> PIECES[random.nextInt(PIECES.length)];
			});
		}
		byte[] bytes = Cuts.utf8(text.toString());
		return random.nextBoolean() ? RandomJson.vary(bytes, random) : bytes;
	}

	private static List<String> describe(JsonSkimmer skimmer) {
		List<String> description = new ArrayList<>();
		for (int field : FIELDS) {
			String text = skimmer.text(field);
			description.add(skimmer.kind(field) + " " + skimmer.isFilled(field) + " " + text);
			assertThat(skimmer.is(field, (text != null && isAscii(text)) ? text : "\u0001"))
				.isEqualTo(text != null && isAscii(text));
		}
		description.add(String.valueOf(skimmer.isComplete()));
		description.add(String.valueOf(skimmer.isBroken()));
		return description;
	}

	private static boolean isAscii(@Nullable String text) {
		return text != null && text.chars().allMatch((c) -> c < 0x80);
	}

	enum Framing {

		SSE(SseFramer::new), JSON_LINES(JsonLinesFramer::new), JSON_ARRAY(JsonArrayFramer::new),
		AWS(AwsEventFramer::new);

		private final Function<EventSink, EventFramer> framer;

		Framing(Function<EventSink, EventFramer> framer) {
			this.framer = framer;
		}

	}

}
