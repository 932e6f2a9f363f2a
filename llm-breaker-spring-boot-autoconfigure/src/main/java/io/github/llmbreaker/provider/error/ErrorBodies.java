// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import io.github.llmbreaker.provider.ErrorAnswer;
import io.github.llmbreaker.provider.HeaderLookup;
import io.github.llmbreaker.provider.json.ByteSearch;
import io.github.llmbreaker.provider.json.JsonSkimmer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of an error, in whatever state it comes: compressed, cut, in another
 * encoding, as a page, as an array of one, or not at all.
 *
 * @since 0.1.0
 */
public final class ErrorBodies {

	private static final int MAX_PAGE = 2048;

	private ErrorBodies() {
	}

	/** Reads what is known about an answer, to be released when it was judged. */
	public static ErrorFacts read(ErrorAnswer answer) {
		HeaderLookup headers = answer.head().headers();
		byte[] body = ContentEncodings.decode(answer.body(), headers.first("content-encoding"));
		byte[] text = toUtf8(body, headers.first("content-type"));
		AnswerFields fields = AnswerFields.ERRORS;
		JsonSkimmer json = fields.takeSkimmer();
		int start = startOfDocument(text);
		boolean document = start < text.length && text[start] == '{';
		if (document) {
			json.onBytes(text, start, text.length);
		}
		String page = document ? "" : page(text, start);
		return new ErrorFacts(answer.head(), json, fields, null, page);
	}

	/** Skips byte order mark, blanks and the start of an array. */
	private static int startOfDocument(byte[] text) {
		int i = 0;
		while (i < text.length && (text[i] <= ' ' && text[i] >= 0 || ByteSearch.isMark(text[i]) || text[i] == '[')) {
			i++;
		}
		return i;
	}

	private static String page(byte[] text, int start) {
		int length = Math.min(MAX_PAGE, text.length - start);
		return new String(text, start, length, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
	}

	private static byte[] toUtf8(byte[] body, @Nullable String contentType) {
		Charset charset = wideCharset(body, contentType);
		return (charset != null) ? new String(body, charset).getBytes(StandardCharsets.UTF_8) : body;
	}

	/** JSON in an encoding of one byte per ASCII character can be read as it is. */
	private static @Nullable Charset wideCharset(byte[] body, @Nullable String contentType) {
		if (body.length < 2) {
			return null;
		}
		int first = body[0] & 0xFF;
		int second = body[1] & 0xFF;
		if ((first == 0xFE && second == 0xFF) || (first == 0 && second != 0)) {
			return StandardCharsets.UTF_16BE;
		}
		if ((first == 0xFF && second == 0xFE) || (first != 0 && second == 0)) {
			return StandardCharsets.UTF_16LE;
		}
		boolean declared = contentType != null && contentType.toLowerCase(Locale.ROOT).contains("utf-16");
		return (declared && first == 0) ? StandardCharsets.UTF_16 : null;
	}

}
