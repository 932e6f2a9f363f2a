// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.util.Arrays;

import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The body of one request. It is kept on the heap while it comes, so that those who send
 * slowly hold no network buffers.
 */
final class RequestBody {

	private static final byte[] NONE = {};

	private static final int FIRST = 16 * 1024;

	private final BodyBudget budget;

	private final long limit;

	private byte[] bytes = NONE;

	private int length;

	private int announced = -1;

	private boolean released;

	RequestBody(BodyBudget budget, long limit) {
		this.budget = budget;
		this.limit = limit;
	}

	Mono<byte[]> read(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		String encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
		if (encoding != null && !encoding.isBlank() && !"identity".equalsIgnoreCase(encoding.strip())) {
			return Mono.error(new RequestRefusedException(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_encoding",
					"The gateway takes request bodies without Content-Encoding only"));
		}
		long contentLength = headers.getContentLength();
		if (contentLength > this.limit) {
			return Mono.error(tooLong());
		}
		this.announced = (int) contentLength;
		return request.getBody().doOnNext(this::add).then(Mono.fromSupplier(this::take));
	}

	/** Gives the memory back; nobody may use the bytes after this. */
	synchronized void release() {
		this.released = true;
		this.budget.giveBack(this.bytes.length);
		this.bytes = NONE;
	}

	/** What is cancelled may still hand on what was under way. */
	private synchronized void add(DataBuffer buffer) {
		try {
			if (this.released) {
				return;
			}
			int more = buffer.readableByteCount();
			if (this.length + (long) more > this.limit) {
				throw tooLong();
			}
			ensure(this.length + more);
			buffer.read(this.bytes, this.length, more);
			this.length += more;
		}
		finally {
			DataBufferUtils.release(buffer);
		}
	}

	private void ensure(int needed) {
		int capacity = this.bytes.length;
		if (needed <= capacity) {
			return;
		}
		long wanted = Math.max(needed, (capacity == 0) ? FIRST : 2L * capacity);
		// never more than was announced: most bodies fit exactly
		int next = (int) Math.min(wanted, (this.announced >= needed) ? this.announced : Math.max(this.limit, needed));
		if (!this.budget.reserve(next - (long) capacity, next)) {
			throw new RequestRefusedException(HttpStatus.SERVICE_UNAVAILABLE, "busy",
					"The gateway is busy with other long requests, try again soon");
		}
		this.bytes = Arrays.copyOf(this.bytes, next);
	}

	private byte[] take() {
		return (this.length == this.bytes.length) ? this.bytes : Arrays.copyOf(this.bytes, this.length);
	}

	private RequestRefusedException tooLong() {
		return new RequestRefusedException(HttpStatus.CONTENT_TOO_LARGE, "request_too_large",
				"The gateway takes request bodies of up to " + this.limit + " bytes");
	}

}
