// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.github.llmbreaker.provider.Cuts;
import org.jspecify.annotations.Nullable;

/**
 * Collects events as {@code name|data}.
 */
final class Events implements EventSink {

	private final List<String> events = new ArrayList<>();

	private final ByteArrayOutputStream data = new ByteArrayOutputStream();

	private EventFramer framer;

	private Events() {
	}

	static Events of(List<ByteBuffer> chunks, Function<EventSink, EventFramer> factory) {
		Events events = new Events();
		events.framer = factory.apply(events);
		Cuts.feed(chunks, events.framer::read);
		events.framer.end();
		return events;
	}

	List<String> list() {
		return this.events;
	}

	boolean isBroken() {
		return this.framer.isBroken();
	}

	@Override
	public void onBytes(byte[] bytes, int from, int to) {
		this.data.write(bytes, from, to - from);
	}

	@Override
	public void onEvent(@Nullable String name) {
		this.events.add(((name != null) ? name : "") + "|" + this.data.toString(StandardCharsets.UTF_8));
		this.data.reset();
	}

}
