// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.okhttp;

import java.io.IOException;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.util.Objects;

import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.call.HoldRule;
import io.github.llmbreaker.call.RequestRoute;
import io.github.llmbreaker.provider.request.RequestModels;
import io.github.llmbreaker.provider.request.RequestRewrite;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSink;
import okio.Okio;
import okio.Sink;
import org.jspecify.annotations.Nullable;

/**
 * What the attempts of one call send.
 *
 * @param original the request as it was made, with a body that is kept
 * @param bytes its body; {@code null} if it has none, or none that can be kept
 */
@SuppressWarnings("ArrayRecordComponent")
record OutgoingCall(Request original, byte @Nullable [] bytes) {

	/**
	 * Reads the body of a request, unless it is too long or can't be read.
	 */
	static OutgoingCall of(Request request) throws IOException {
		RequestBody body = request.body();
		if (body == null || body.isDuplex() || body.contentLength() > HoldRule.MAX_REQUEST_BYTES) {
			return new OutgoingCall(request, null);
		}
		Buffer kept = new Buffer();
		try {
			BufferedSink sink = Okio.buffer((Sink) new KeptBytes(kept, body.isOneShot()));
			body.writeTo(sink);
			sink.flush();
		}
		catch (TooLongException ex) {
			return new OutgoingCall(request, null);
		}
		byte[] bytes = kept.readByteArray();
		Request.Builder known = request.newBuilder();
		known.method(request.method(), new BytesBody(bytes, body.contentType(), body.contentLength() >= 0));
		return new OutgoingCall(known.build(), bytes);
	}

	/**
	 * Returns the attempt that makes a request and plans what comes after it: the same
	 * guard is there twice.
	 */
	static @Nullable CallPermit planning(Request request) {
		Planned planned = request.tag(Planned.class);
		return (planned != null) ? planned.attempt() : null;
	}

	/**
	 * Returns the model that the body names; {@code null} if it names none.
	 */
	@Nullable String model() {
		return (this.bytes != null) ? RequestModels.scan(ByteBuffer.wrap(this.bytes), contentType()) : null;
	}

	/**
	 * Whether it can be sent again.
	 */
	boolean isRepeatable() {
		return this.original.body() == null || (this.bytes != null && this.bytes.length <= HoldRule.MAX_REQUEST_BYTES);
	}

	/**
	 * Returns what is sent on a route. OkHttp sends it once: what it would repeat by
	 * itself, no breaker would see.
	 * @param attempt the attempt that plans what comes after it; {@code null} if it is
	 * the only one
	 */
	Request on(RequestRoute route, @Nullable CallPermit attempt) {
		Request.Builder builder = this.original.newBuilder();
		RequestRewrite rewrite = route.rewrite();
		if (rewrite != null) {
			builder.url(Objects.requireNonNull(HttpUrl.get(rewrite.url())));
			builder.headers(headers(rewrite));
		}
		if (attempt != null) {
			builder.tag(Planned.class, new Planned(attempt));
		}
		if (this.original.body() instanceof BytesBody body) {
			builder.method(this.original.method(), body.with(route.body(body.bytes, contentType())));
		}
		return builder.build();
	}

	private Headers headers(RequestRewrite rewrite) {
		Headers.Builder headers = new Headers.Builder();
		this.original.headers().forEach((header) -> {
			if (rewrite.keeps(header.getFirst())) {
				headers.addUnsafeNonAscii(header.getFirst(), header.getSecond());
			}
		});
		rewrite.ownHeaders().forEach((header) -> headers.set(header.name(), header.value()));
		return headers.build();
	}

	private @Nullable String contentType() {
		String header = this.original.header("Content-Type");
		RequestBody body = this.original.body();
		MediaType type = (body != null) ? body.contentType() : null;
		return (type != null) ? type.toString() : header;
	}

	private record Planned(CallPermit attempt) {
	}

	private static final class BytesBody extends RequestBody {

		private final byte[] bytes;

		private final @Nullable MediaType type;

		private final boolean hasLength;

		BytesBody(byte[] bytes, @Nullable MediaType type, boolean hasLength) {
			this.bytes = bytes;
			this.type = type;
			this.hasLength = hasLength;
		}

		BytesBody with(byte[] others) {
			return new BytesBody(others, this.type, this.hasLength);
		}

		@Override
		public @Nullable MediaType contentType() {
			return this.type;
		}

		@Override
		public long contentLength() {
			return this.hasLength ? this.bytes.length : -1;
		}

		@Override
		public boolean isOneShot() {
			return true;
		}

		@Override
		public void writeTo(BufferedSink sink) throws IOException {
			sink.write(this.bytes);
		}

	}

	/**
	 * Takes a body up to the length that is kept; all of one that can't be written again.
	 */
	private static final class KeptBytes extends ForwardingSink {

		private final Buffer buffer;

		private final boolean all;

		KeptBytes(Buffer buffer, boolean all) {
			super(buffer);
			this.buffer = buffer;
			this.all = all;
		}

		@Override
		public void write(Buffer source, long count) throws IOException {
			if (!this.all && this.buffer.size() + count > HoldRule.MAX_REQUEST_BYTES) {
				throw new TooLongException();
			}
			super.write(source, count);
		}

	}

	private static final class TooLongException extends RuntimeException {

		@Serial
		private static final long serialVersionUID = 1L;

		TooLongException() {
			super(null, null, false, false);
		}

	}

}
