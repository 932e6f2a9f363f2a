// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

import org.jspecify.annotations.Nullable;

/**
 * Undoes the compression of a body that the HTTP client has left as it was.
 *
 * @since 0.1.0
 */
public final class ContentEncodings {

	/** However well it is compressed, no more than this is read. */
	private static final int MAX_LENGTH = 64 * 1024;

	private static final byte[] NOTHING = {};

	private ContentEncodings() {
	}

	/** Whether the header {@code Content-Encoding} names anything but identity. */
	public static boolean isEncoded(@Nullable String encoding) {
		return encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity");
	}

	/**
	 * Decodes the start of a body as far as possible, which may be cut. Returns the body
	 * itself if it is not encoded, whatever the header says, and nothing of an encoding
	 * that can't be read.
	 */
	public static byte[] decode(byte[] body, @Nullable String encoding) {
		if (!isEncoded(encoding) || isText(body)) {
			return body;
		}
		return switch (String.valueOf(encoding).strip().toLowerCase(Locale.ROOT)) {
			case "gzip", "x-gzip" -> read(body, GZIPInputStream::new);
			case "deflate" -> read(body, (stream) -> inflater(stream, body));
			default -> NOTHING;
		};
	}

	/** Clients that decode do not always remove the header. */
	private static boolean isText(byte[] body) {
		return body.length == 0 || body[0] == '{' || body[0] == '[' || body[0] == '<';
	}

	private static InputStream inflater(InputStream stream, byte[] body) {
		boolean zlib = (body[0] & 0x0F) == 8 && body.length > 1 && ((body[0] & 0xFF) << 8 | body[1] & 0xFF) % 31 == 0;
		return new InflaterInputStream(stream, new Inflater(!zlib));
	}

	private static byte[] read(byte[] body, Decoder decoder) {
		byte[] decoded = new byte[MAX_LENGTH];
		int length = 0;
		try (InputStream stream = decoder.open(new ByteArrayInputStream(body))) {
			int count = stream.read(decoded, 0, MAX_LENGTH);
			while (count > 0) {
				length += count;
				count = stream.read(decoded, length, MAX_LENGTH - length);
			}
		}
		catch (IOException ex) {
			// cut or damaged: what could be read is used
		}
		return Arrays.copyOf(decoded, length);
	}

	@FunctionalInterface
	private interface Decoder {

		InputStream open(InputStream encoded) throws IOException;

	}

}
