// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * Runs a test many times with random input. Each run has a seed of its own, and a failure
 * names it: with this seed the first run gets the same input again.
 */
public final class Randomized {

	static final String SEED_PROPERTY = "llm-breaker.seed";

	private static final int MAX_LENGTH = 500;

	private Randomized() {
	}

	public static void run(int runs, Body body) {
		String seed = System.getProperty(SEED_PROPERTY);
		run(runs, (seed != null) ? Long.parseLong(seed) : ThreadLocalRandom.current().nextLong(), body);
	}

	public static void run(int runs, long firstSeed, Body body) {
		SplittableRandom seeds = new SplittableRandom(firstSeed);
		long seed = firstSeed;
		for (int i = 1; i <= runs; i++) {
			Input input = new Input();
			try {
				body.run(new SplittableRandom(seed), input);
			}
			catch (Throwable ex) {
				throw new AssertionError(
						"Run %d of %d failed with %s. To run it again: %s".formatted(i, runs, input, command(seed)),
						ex);
			}
			seed = seeds.nextLong();
		}
	}

	private static String command(long seed) {
		String test = StackWalker.getInstance()
			.walk((frames) -> frames.map(StackWalker.StackFrame::getClassName)
				.filter((name) -> !name.equals(Randomized.class.getName()))
				.findFirst())
			.orElseThrow();
		return "./mvnw test -pl llm-breaker-spring-boot-autoconfigure -Dtest=" + test + " -D" + SEED_PROPERTY + "="
				+ seed;
	}

	/** What is run. */
	@FunctionalInterface
	public interface Body {

		void run(SplittableRandom random, Input input) throws Exception;

	}

	/** What a failure shows of a run. */
	public static final class Input {

		private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

		private Input() {
		}

		/** Keeps the latest value of a name. */
		public <T extends @Nullable Object> T note(String name, T value) {
			this.values.put(name, value);
			return value;
		}

		@Override
		public String toString() {
			StringJoiner joiner = new StringJoiner(", ");
			this.values.forEach((name, value) -> joiner.add(name + " = " + describe(value)));
			return (!this.values.isEmpty()) ? joiner.toString() : "nothing noted";
		}

		private static String describe(@Nullable Object value) {
			boolean text = value instanceof byte[] || value instanceof String;
			String string = (value instanceof byte[] bytes) ? new String(bytes, StandardCharsets.ISO_8859_1)
					: String.valueOf(value);
			String cut = string.substring(0, Math.min(string.length(), MAX_LENGTH));
			String printable = text ? "\"" + escape(cut) + "\"" : cut;
			return (string.length() > MAX_LENGTH) ? printable + "... (" + string.length() + " long)" : printable;
		}

		private static String escape(String text) {
			StringBuilder escaped = new StringBuilder();
			text.chars()
				.forEach((c) -> escaped
					.append((c >= 0x20 && c < 0x7f) ? String.valueOf((char) c) : "\\u%04x".formatted(c)));
			return escaped.toString();
		}

	}

}
