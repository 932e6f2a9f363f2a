// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.provider.request.RequestModels;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What it costs to find the model of a request whose last member names it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ModelScanBenchmark {

	@Param({ "1000", "100000", "10000000" })
	int size;

	private ByteBuffer heap;

	private ByteBuffer direct;

	private String text;

	private ByteBuffer form;

	private Object record;

	private Object map;

	@Setup
	public void fill() {
		StringBuilder json = new StringBuilder("{\"stream\":true,\"messages\":[");
		while (json.length() < this.size) {
			json.append("{\"role\":\"user\",\"content\":\"Write a few lines about the sea.\\nAnd one more: ")
				.append("the quick brown fox jumps over the lazy dog. ".repeat(6))
				.append("\"},");
		}
		json.append("{}],\"model\":\"gpt-4.1\"}");
		this.text = json.toString();
		byte[] bytes = this.text.getBytes(StandardCharsets.UTF_8);
		this.heap = ByteBuffer.wrap(bytes);
		this.direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
		String parts = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\n" + this.text
				+ "\r\n--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n--b--\r\n";
		this.form = ByteBuffer.wrap(parts.getBytes(StandardCharsets.UTF_8));
		this.record = new Request(this.text, "gpt-4.1");
		this.map = Map.of("messages", this.text, "model", "gpt-4.1");
	}

	@Benchmark
	public @Nullable String heap() {
		return RequestModels.scan(this.heap);
	}

	@Benchmark
	public @Nullable String direct() {
		return RequestModels.scan(this.direct);
	}

	@Benchmark
	public @Nullable String text() {
		return RequestModels.scan(this.text);
	}

	@Benchmark
	public @Nullable String form() {
		return RequestModels.scanMultipart(this.form, "multipart/form-data; boundary=b");
	}

	@Benchmark
	public @Nullable String record() {
		return RequestModels.of(this.record);
	}

	@Benchmark
	public @Nullable String map() {
		return RequestModels.of(this.map);
	}

	/**
	 * A request.
	 *
	 * @param messages what is asked
	 * @param model who is asked
	 */
	public record Request(String messages, String model) {
	}

}
