// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * JSON of random content, and random changes of it.
 */
public final class RandomJson {

	private static final List<String> WORDS = List.of("", "a", "hello world", "\\\"", "é😀\\n", "\\\\", "}]", "\\u0041",
			"\\ud83d\\ude00", "\\ud83d");

	private static final List<String> NAMES = List.of("error", "code", "message", "type", "choices", "delta", "usage",
			"model", "details", "x");

	private RandomJson() {
	}

	/** An event of a stream. */
	public static String event(SplittableRandom random) {
		return "{\"id\":\"" + word(random) + "\",\"created\":" + random.nextInt(50) + ",\"type\":\""
				+ ((random.nextInt(9) == 0) ? "b" : "a") + "\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
				+ word(random) + "\"},\"finish_reason\":" + ((random.nextInt(9) == 0) ? "\"stop\"" : "null")
				+ "}],\"usage\":{\"n\":" + ((random.nextInt(9) == 0) ? "null" : random.nextInt(5)) + "},\"x\":{\"y\":["
				+ random.nextInt(100) + "]},\"list\":[" + (random.nextBoolean() ? "1" : "") + "],\"error\":"
				+ ((random.nextInt(9) == 0) ? "{\"code\":" + random.nextInt(5) + "}" : "null") + "}";
	}

	/** A value that may have others in it, at times a hundred levels deep. */
	public static String value(SplittableRandom random) {
		StringBuilder json = new StringBuilder();
		if (random.nextInt(5) == 0) {
			int depth = random.nextInt(100);
			String open = random.nextBoolean() ? "[" : "{\"" + name(random) + "\":";
			String close = open.equals("[") ? "]" : "}";
			return json.append(open.repeat(depth)).append(scalar(random)).append(close.repeat(depth)).toString();
		}
		append(json, random, random.nextInt(7));
		return json.toString();
	}

	/** Changes, removes or doubles a few bytes. */
	public static byte[] vary(byte[] bytes, SplittableRandom random) {
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

	private static void append(StringBuilder json, SplittableRandom random, int depth) {
		int form = (depth > 0) ? random.nextInt(3) : 0;
		if (form == 0) {
			json.append(scalar(random));
			return;
		}
		json.append((form == 1) ? '[' : '{');
		int count = random.nextInt(4);
		for (int i = 0; i < count; i++) {
			json.append((i > 0) ? "," : "").append((form == 1) ? "" : "\"" + name(random) + "\":");
			append(json, random, depth - 1);
		}
		json.append((form == 1) ? ']' : '}');
	}

	private static String scalar(SplittableRandom random) {
		return switch (random.nextInt(5)) {
			case 0 -> "null";
			case 1 -> String.valueOf(random.nextBoolean());
			case 2 -> String.valueOf(random.nextInt(600));
			case 3 -> random.nextLong() + "e" + random.nextInt(400);
			default -> "\"" + word(random) + "\"";
		};
	}

	private static String name(SplittableRandom random) {
		return NAMES.get(random.nextInt(NAMES.size()));
	}

	private static String word(SplittableRandom random) {
		return WORDS.get(random.nextInt(WORDS.size()));
	}

}
