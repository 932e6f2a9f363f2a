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
	 * Tells the form from the headers.
	 * @param headers the headers of a good answer
	 * @param text whether the API answers with text and nothing else
	 * @return the form, {@link #UNKNOWN} if the body itself has to tell
	 */
	static BodyForm of(HeaderLookup headers, boolean text) {
		String type = headers.first("content-type");
		String media = (type != null) ? mediaType(type) : "";
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

	/** Whether the headers announce a stream, also one that is not looked into. */
	static boolean isStreamType(HeaderLookup headers) {
		String type = headers.first("content-type");
		return type != null && mediaType(type).equals("text/event-stream");
	}

	/** Whether the headers announce a page. */
	static boolean isPageType(HeaderLookup headers) {
		String type = headers.first("content-type");
		return type != null && mediaType(type).endsWith("html");
	}

	/** Whether the headers announce a JSON document. */
	static boolean isJsonType(HeaderLookup headers) {
		String type = headers.first("content-type");
		return type != null && mediaType(type).endsWith("json");
	}

	private static String mediaType(String contentType) {
		int end = contentType.indexOf(';');
		String type = (end < 0) ? contentType : contentType.substring(0, end);
		return type.strip().toLowerCase(Locale.ROOT);
	}

	/**
	 * Tells the form from the first byte that is no blank.
	 * @param first the byte
	 * @param arrays whether the API streams arrays
	 * @return the form
	 */
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
