// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

import java.util.zip.CRC32;

/**
 * Cuts an AWS event stream (<code>application/vnd.amazon.eventstream</code>) and checks
 * its checksums. After a damaged frame nothing more is handed on.
 */
final class AwsEventFramer extends EventFramer {

	private static final int PRELUDE = 12;

	private static final int CHECKSUM = 4;

	private static final int MAX_HEADERS = 128 * 1024;

	private final CRC32 checksum = new CRC32();

	private final AwsEventHeaders headers = new AwsEventHeaders();

	private final byte[] number = new byte[PRELUDE];

	private State state = State.PRELUDE;

	/** How many bytes of the current part are there already. */
	private int read;

	private int headersLength;

	private int payloadLength;

	private boolean damaged;

	AwsEventFramer(EventSink sink) {
		super(sink);
	}

	@Override
	public void onBytes(byte[] bytes, int from, int to) {
		int i = from;
		while (i < to && !this.damaged) {
			int count = Math.min(to - i, length() - this.read);
			take(bytes, i, i + count);
			this.read += count;
			i += count;
			while (!this.damaged && this.read == length()) {
				this.read = 0;
				next();
			}
		}
	}

	private int length() {
		return switch (this.state) {
			case PRELUDE -> PRELUDE;
			case HEADERS -> this.headersLength;
			case PAYLOAD -> this.payloadLength;
			case CHECKSUM -> CHECKSUM;
		};
	}

	private void take(byte[] bytes, int from, int to) {
		switch (this.state) {
			case PRELUDE, CHECKSUM -> System.arraycopy(bytes, from, this.number, this.read, to - from);
			case HEADERS -> this.headers.append(bytes, from, to);
			case PAYLOAD -> this.sink.onBytes(bytes, from, to);
		}
		if (this.state == State.HEADERS || this.state == State.PAYLOAD) {
			this.checksum.update(bytes, from, to - from);
		}
	}

	private void next() {
		this.state = switch (this.state) {
			case PRELUDE -> {
				startFrame();
				yield State.HEADERS;
			}
			case HEADERS -> State.PAYLOAD;
			case PAYLOAD -> State.CHECKSUM;
			case CHECKSUM -> {
				endFrame();
				yield State.PRELUDE;
			}
		};
	}

	private void startFrame() {
		long total = unsigned(0);
		long headerBytes = unsigned(4);
		this.checksum.reset();
		this.checksum.update(this.number, 0, PRELUDE - CHECKSUM);
		long payload = total - headerBytes - PRELUDE - CHECKSUM;
		this.damaged = this.checksum.getValue() != unsigned(8) || headerBytes > MAX_HEADERS || payload < 0
				|| payload > Integer.MAX_VALUE;
		this.checksum.update(this.number, PRELUDE - CHECKSUM, CHECKSUM);
		this.headersLength = (int) headerBytes;
		this.payloadLength = (int) payload;
		this.headers.clear();
	}

	private void endFrame() {
		this.damaged = this.checksum.getValue() != unsigned(0);
		if (!this.damaged) {
			this.sink.onEvent(this.headers.eventName());
		}
	}

	private long unsigned(int at) {
		return (this.number[at] & 0xFFL) << 24 | (this.number[at + 1] & 0xFFL) << 16
				| (this.number[at + 2] & 0xFFL) << 8 | this.number[at + 3] & 0xFFL;
	}

	@Override
	void end() {
		this.damaged |= this.state != State.PRELUDE || this.read > 0;
	}

	@Override
	boolean isBroken() {
		return this.damaged;
	}

	private enum State {

		PRELUDE, HEADERS, PAYLOAD, CHECKSUM

	}

}
