// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.util.BitSet;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * How far the answer in a stream has come. Looks at the few members that tell and skips
 * the others, without building anything.
 */
final class StreamProgress {

	/** More choices than anybody asks for. */
	private static final int MAX_CHOICES = 4096;

	private final StreamFormat format;

	private final BitSet begun = new BitSet();

	private final BitSet ended = new BitSet();

	private boolean last;

	private boolean failed;

	private int events;

	StreamProgress(StreamFormat format) {
		this.format = format;
	}

	/**
	 * Looks at the next event.
	 * @param bytes where its data is
	 * @param start where it begins
	 * @param length how long it is
	 * @return whether it makes sense
	 */
	boolean see(byte[] bytes, int start, int length) {
		this.events++;
		try (JsonParser parser = Json.parser(bytes, start, length)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				return false;
			}
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				String name = parser.currentName();
				member(name, parser, parser.nextToken());
			}
			return parser.nextToken() == null;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	private void member(String name, JsonParser parser, JsonToken value) {
		if (name.equals("error")) {
			this.failed |= value == JsonToken.START_OBJECT || value == JsonToken.VALUE_STRING;
		}
		else if (this.format == StreamFormat.CHOICES && name.equals("choices") && value == JsonToken.START_ARRAY) {
			choices(parser);
			return;
		}
		else if (this.format == StreamFormat.TYPED && name.equals("type") && value == JsonToken.VALUE_STRING) {
			type(parser.getString());
		}
		parser.skipChildren();
	}

	private void type(String type) {
		switch (type) {
			case "response.completed", "response.incomplete", "response.done" -> this.last = true;
			case "response.failed", "response.cancelled", "error" -> this.failed = true;
			default -> {
			}
		}
	}

	private void choices(JsonParser parser) {
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			if (parser.currentToken() == JsonToken.START_OBJECT) {
				choice(parser);
			}
			else {
				parser.skipChildren();
			}
		}
	}

	private void choice(JsonParser parser) {
		int index = 0;
		boolean end = false;
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			JsonToken value = parser.nextToken();
			if (value == JsonToken.VALUE_NUMBER_INT && name.equals("index")) {
				index = Math.floorMod(parser.getIntValue(), MAX_CHOICES);
			}
			else if (value == JsonToken.VALUE_STRING && name.equals("finish_reason")) {
				end = !parser.getString().equals("error");
			}
			else {
				parser.skipChildren();
			}
		}
		this.begun.set(index);
		if (end) {
			this.ended.set(index);
		}
	}

	/** Whether everything that was to come has come, and well. */
	boolean isComplete() {
		return !this.failed && (this.last || !this.ended.isEmpty() && this.ended.equals(this.begun));
	}

	/** Whether the provider has said what went wrong. */
	boolean isFailed() {
		return this.failed;
	}

	/** Whether nothing that matters is still to come. */
	boolean isSettled() {
		return this.failed || isComplete();
	}

	/** How many events there were. */
	int events() {
		return this.events;
	}

}
