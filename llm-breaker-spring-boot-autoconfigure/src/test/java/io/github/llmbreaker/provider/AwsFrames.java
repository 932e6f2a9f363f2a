// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * Frames of an AWS event stream.
 */
public final class AwsFrames {

	private AwsFrames() {
	}

	/** Returns a frame; headers come as names and values. */
	public static byte[] frame(String payload, String... headers) {
		ByteArrayOutputStream headerBytes = new ByteArrayOutputStream();
		for (int i = 0; i < headers.length; i += 2) {
			headerBytes.write(headers[i].length());
			headerBytes.writeBytes(Cuts.utf8(headers[i]));
			headerBytes.write(7);
			headerBytes.write(headers[i + 1].length() >>> 8);
			headerBytes.write(headers[i + 1].length());
			headerBytes.writeBytes(Cuts.utf8(headers[i + 1]));
		}
		byte[] body = Cuts.utf8(payload);
		ByteBuffer frame = ByteBuffer.allocate(16 + headerBytes.size() + body.length);
		frame.putInt(frame.capacity()).putInt(headerBytes.size());
		frame.putInt(checksum(frame)).put(headerBytes.toByteArray()).put(body);
		frame.putInt(checksum(frame));
		return frame.array();
	}

	private static int checksum(ByteBuffer written) {
		CRC32 checksum = new CRC32();
		checksum.update(written.array(), 0, written.position());
		return (int) checksum.getValue();
	}

}
