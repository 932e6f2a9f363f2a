// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests with input that nobody would think of: cut anywhere, changed anywhere, or no
 * sense at all.
 */
class ByteFuzzTests {

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

	@Property(tries = 400)
	@Label("a document reads the same however it is cut")
	void skimsTheSameHoweverCut(@ForAll long seed) {
		byte[] bytes = soup(seed);
		JsonSkimmer whole = new JsonSkimmer(PATHS);
		whole.read(ByteBuffer.wrap(bytes));
		JsonSkimmer cut = new JsonSkimmer(PATHS);
		Cuts.feed(Cuts.random(bytes, seed), cut::read);
		assertThat(describe(cut)).isEqualTo(describe(whole));
	}

	@Property(tries = 400)
	@Label("an event reads the same whatever came before it")
	void skimsTheSameWhateverCameBefore(@ForAll long seed) {
		Random random = new Random(seed);
		byte[] event = Cuts.utf8(event(random));
		JsonSkimmer reused = new JsonSkimmer(PATHS);
		List<String> before = null;
		for (int i = 0; i < 40; i++) {
			byte[] next = (random.nextInt(4) > 0) ? Cuts.utf8(event(random)) : event;
			event = (random.nextInt(3) == 0) ? vary(next, random) : next;
			JsonSkimmer fresh = new JsonSkimmer(PATHS);
			fresh.read(ByteBuffer.wrap(event));
			reused.reset();
			if (random.nextInt(8) == 0) {
				Cuts.feed(Cuts.random(event, seed), reused::read);
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
	}

	@Property(tries = 400)
	@Label("a stream has the same events however it is cut")
	void framesTheSameHoweverCut(@ForAll long seed, @ForAll @IntRange(max = 3) int form) {
		byte[] bytes = soup(seed);
		Function<EventSink, EventFramer> framer = List
			.<Function<EventSink, EventFramer>>of(SseFramer::new, JsonLinesFramer::new, JsonArrayFramer::new,
					AwsEventFramer::new)
			.get(form);
		Events whole = Events.of(List.of(ByteBuffer.wrap(bytes)), framer);
		Events cut = Events.of(Cuts.random(bytes, seed), framer);
		assertThat(cut.list()).isEqualTo(whole.list());
		assertThat(cut.isBroken()).isEqualTo(whole.isBroken());
	}

	@Property(tries = 300)
	@Label("a changed AWS stream never has events that were not sent")
	void noticesChangedAwsFrames(@ForAll long seed) {
		Random random = new Random(seed);
		byte[] frame = EventFramerTests.frame("{\"a\":" + seed + "}", ":event-type", "chunk");
		byte[] stream = new byte[frame.length * 3];
		for (int i = 0; i < 3; i++) {
			System.arraycopy(frame, 0, stream, i * frame.length, frame.length);
		}
		List<String> sent = Events.of(List.of(ByteBuffer.wrap(stream)), AwsEventFramer::new).list();
		stream[random.nextInt(stream.length)] ^= (byte) (1 << random.nextInt(8));
		Events changed = Events.of(Cuts.random(stream, seed), AwsEventFramer::new);
		assertThat(changed.isBroken()).isTrue();
		assertThat(changed.list()).hasSizeLessThan(3).allMatch(sent::contains);
	}

	@Property(tries = 400)
	@Label("bytes, buffers and text name the same model")
	void findsTheSameModelInBytesAndText(@ForAll long seed) {
		String text = new String(soup(seed), StandardCharsets.UTF_8);
		byte[] bytes = Cuts.utf8(text);
		String model = RequestModels.scan(text);
		assertThat(RequestModels.scan(new StringBuilder(text))).isEqualTo(model);
		Cuts.feed(Cuts.none(bytes), (buffer) -> {
			assertThat(RequestModels.scan(buffer)).isEqualTo(model);
			RequestModels.scanMultipart(buffer, "multipart/form-data; boundary=b");
		});
	}

	@Property(tries = 400)
	@Label("a rewritten request names the new model and is otherwise the same")
	void rewritesOnlyTheModel(@ForAll long seed) {
		String text = new String(soup(seed), StandardCharsets.UTF_8);
		LlmDialect dialect = new PathDialect("p", "p.example");
		LlmProvider provider = new LlmProvider("p", dialect, List.of(), null);
		RequestRewrite rewrite = new RequestRewrite(
				new IdentifiedCall(provider, new LlmOperation("chat", null, true), null),
				java.net.URI.create("https://p.example/chat"), provider, "new");
		String rewritten = rewrite.json(text);
		assertThat(new String(rewrite.json(Cuts.utf8(text)), StandardCharsets.UTF_8)).isEqualTo(rewritten);
		assertThat(rewrite.json(rewritten)).isEqualTo(rewritten);
	}

	private static byte[] soup(long seed) {
		Random random = new Random(seed);
		StringBuilder text = new StringBuilder(random.nextBoolean() ? "{" : "");
		int count = random.nextInt(40);
		for (int i = 0; i < count; i++) {
			text.append((random.nextInt(4) > 0) ? PIECES[random.nextInt(PIECES.length)] : event(random));
		}
		byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
		return random.nextBoolean() ? vary(bytes, random) : bytes;
	}

	/** Changes, removes or doubles a few bytes. */
	private static byte[] vary(byte[] bytes, Random random) {
		byte[] varied = bytes.clone();
		int count = random.nextInt(3);
		for (int i = 0; i < count && varied.length > 0; i++) {
			int at = random.nextInt(varied.length);
			switch (random.nextInt(3)) {
				case 0 -> varied[at] = (byte) random.nextInt(256);
				case 1 -> varied = Arrays.copyOf(varied, at);
				default -> {
					byte[] longer = Arrays.copyOf(varied, varied.length + 1);
					System.arraycopy(varied, at, longer, at + 1, varied.length - at);
					varied = longer;
				}
			}
		}
		return varied;
	}

	private static String event(Random random) {
		return "{\"id\":\"" + word(random) + "\",\"created\":" + random.nextInt(50) + ",\"type\":\""
				+ ((random.nextInt(9) == 0) ? "b" : "a") + "\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
				+ word(random) + "\"},\"finish_reason\":" + ((random.nextInt(9) == 0) ? "\"stop\"" : "null")
				+ "}],\"usage\":{\"n\":" + ((random.nextInt(9) == 0) ? "null" : random.nextInt(5)) + "},\"x\":{\"y\":["
				+ random.nextInt(100) + "]},\"list\":[" + (random.nextBoolean() ? "1" : "") + "],\"error\":"
				+ ((random.nextInt(9) == 0) ? "{\"code\":" + random.nextInt(5) + "}" : "null") + "}";
	}

	private static String word(Random random) {
		return List.of("", "a", "hello world", "\\\"", "é😀\\n", "\\\\", "}]", "\\u0041").get(random.nextInt(8));
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

}
