/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.llmbreaker.provider;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

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
