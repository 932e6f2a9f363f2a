// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ways to cut bytes into chunks, as networks do.
 */
public final class Cuts {

	private Cuts() {
	}

	public static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** Whole, in two at every place, and byte by byte; heap and direct. */
	public static List<List<ByteBuffer>> all(byte[] bytes) {
		List<List<ByteBuffer>> cuts = new ArrayList<>();
		cuts.add(List.of(heap(bytes, 0, bytes.length)));
		cuts.add(List.of(direct(bytes, 0, bytes.length)));
		List<ByteBuffer> single = new ArrayList<>();
		for (int i = 0; i < bytes.length; i++) {
			cuts.add(List.of(heap(bytes, 0, i), direct(bytes, i, bytes.length)));
			single.add(heap(bytes, i, i + 1));
		}
		cuts.add(single);
		return cuts;
	}

	/** Whole, once on the heap and once not. */
	public static List<ByteBuffer> none(byte[] bytes) {
		return List.of(heap(bytes, 0, bytes.length), direct(bytes, 0, bytes.length));
	}

	public static List<ByteBuffer> random(byte[] bytes, SplittableRandom random) {
		List<ByteBuffer> chunks = new ArrayList<>();
		for (int i = 0; i < bytes.length;) {
			int end = Math.min(bytes.length, i + random.nextInt(1 + random.nextInt(40)));
			chunks.add(random.nextBoolean() ? heap(bytes, i, end) : direct(bytes, i, end));
			i = end;
		}
		return chunks;
	}

	/** How many bytes each chunk has. */
	public static List<Integer> sizes(List<ByteBuffer> chunks) {
		return chunks.stream().map(ByteBuffer::remaining).toList();
	}

	/** Feeds chunks and checks that they stay as they are. */
	public static void feed(List<ByteBuffer> chunks, Consumer<ByteBuffer> reader) {
		for (ByteBuffer chunk : chunks) {
			int position = chunk.position();
			int limit = chunk.limit();
			byte[] before = bytes(chunk);
			reader.accept(chunk);
			assertThat(chunk.position()).isEqualTo(position);
			assertThat(chunk.limit()).isEqualTo(limit);
			assertThat(bytes(chunk)).isEqualTo(before);
		}
	}

	static byte[] bytes(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.remaining()];
		buffer.duplicate().get(bytes);
		return bytes;
	}

	/** A slice in the middle of a larger array. */
	private static ByteBuffer heap(byte[] bytes, int from, int to) {
		byte[] larger = new byte[to - from + 20];
		Arrays.fill(larger, (byte) '"');
		System.arraycopy(bytes, from, larger, 7, to - from);
		return ByteBuffer.wrap(larger, 3, to - from + 10).slice().position(4).limit(4 + to - from);
	}

	private static ByteBuffer direct(byte[] bytes, int from, int to) {
		ByteBuffer buffer = ByteBuffer.allocateDirect(to - from + 5);
		buffer.position(3);
		buffer.put(bytes, from, to - from);
		return buffer.flip().position(3);
	}

}
