// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

import java.util.Locale;

import io.github.llmbreaker.provider.HeaderLookup;

/**
 * In which form a body comes.
 */
enum BodyForm {

	/** Server-sent events. */
	EVENTS,

	/** One JSON document per line. */
	LINES,

	/** Binary frames of AWS. */
	FRAMES,

	/** A JSON array that grows while the model writes. */
	ARRAY,

	/** One JSON document. */
	DOCUMENT,

	/** A page for people, where an API should answer. */
	PAGE,

	/** Text, audio, images, compressed data: not looked into. */
	OPAQUE,

	/** To be seen by the first byte. */
	UNKNOWN;

	/**
	 * Tells the form from the media type.
	 * @param media the media type of a good answer
	 * @param text whether the API answers with text and nothing else
	 * @return the form, {@link #UNKNOWN} if the body itself has to tell
	 */
	static BodyForm of(String media, boolean text) {
		return switch (media) {
			case "text/event-stream" -> EVENTS;
			case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines",
					"application/stream+json", "application/json-seq" ->
				LINES;
			case "application/vnd.amazon.eventstream" -> FRAMES;
			case "", "text/plain", "text/html", "application/xhtml+xml", "application/json" -> UNKNOWN;
			// servers that do not know what they send
			case "application/octet-stream", "binary/octet-stream" -> text ? UNKNOWN : OPAQUE;
			default -> (media.endsWith("+json") || (text && media.startsWith("text/"))) ? UNKNOWN : OPAQUE;
		};
	}

	/** The media type that the headers name, in lower case; empty without one. */
	static String mediaType(HeaderLookup headers) {
		String type = headers.first("content-type");
		int end = (type != null) ? type.indexOf(';') : 0;
		return (type == null) ? "" : ((end < 0) ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
	}

	/** Tells the form from the first byte that is no blank. */
	static BodyForm sniff(byte first, boolean arrays) {
		return switch (first) {
			case '{' -> DOCUMENT;
			case '[' -> arrays ? ARRAY : DOCUMENT;
			case '<' -> PAGE;
			case 'd', 'e', ':' -> EVENTS;
			default -> OPAQUE;
		};
	}

	boolean isStream() {
		return switch (this) {
			case EVENTS, LINES, FRAMES, ARRAY -> true;
			case DOCUMENT, PAGE, OPAQUE, UNKNOWN -> false;
		};
	}

	EventFramer framer(EventSink sink) {
		return switch (this) {
			case EVENTS -> new SseFramer(sink);
			case LINES -> new JsonLinesFramer(sink);
			case FRAMES -> new AwsEventFramer(sink);
			case ARRAY -> new JsonArrayFramer(sink);
			case DOCUMENT, PAGE, OPAQUE, UNKNOWN -> throw new IllegalStateException(this + " has no events");
		};
	}

}
