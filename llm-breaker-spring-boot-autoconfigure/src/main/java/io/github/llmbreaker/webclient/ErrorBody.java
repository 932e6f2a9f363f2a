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

package io.github.llmbreaker.webclient;

import java.util.Arrays;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

/**
 * The body of an answer whose status is no success: its beginning is read before the
 * answer is handed on, and is there again for everyone who reads the body.
 */
final class ErrorBody extends PeekedFlux<DataBuffer> {

	/** How much of an error body is looked at. */
	static final int LIMIT = 64 * 1024;

	private final Flux<DataBuffer> source;

	private final Consumer<ErrorBody> ready;

	private byte[] bytes = new byte[0];

	private int size;

	private volatile boolean whole;

	ErrorBody(Flux<DataBuffer> source, Context context, Consumer<ErrorBody> ready) {
		super(context);
		this.source = source;
		this.ready = ready;
	}

	void start() {
		start(this.source);
	}

	/**
	 * Returns the beginning of the body, 64 KiB at most.
	 */
	byte[] beginning() {
		return Arrays.copyOf(this.bytes, Math.min(this.size, LIMIT));
	}

	@Override
	boolean peek(DataBuffer buffer) {
		int length = buffer.readableByteCount();
		if (this.size + length > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(this.size + length, Math.min(2 * this.size, LIMIT)));
		}
		buffer.read(this.bytes, this.size, length);
		DataBufferUtils.release(buffer);
		this.size += length;
		return this.size >= LIMIT;
	}

	@Override
	void peeked(boolean complete, @Nullable Throwable error) {
		this.whole = complete && error == null;
		if (this.size > 0) {
			keep(copy());
		}
		this.ready.accept(this);
	}

	@Override
	void abandon() {
		if (!this.whole) {
			super.abandon();
		}
	}

	@Override
	void subscribeAgain(CoreSubscriber<? super DataBuffer> actual) {
		Flux<DataBuffer> again = (this.size > 0) ? Flux.just(copy()) : Flux.empty();
		(this.whole ? again : again.concatWith(this.source)).subscribe(actual);
	}

	private DataBuffer copy() {
		return DefaultDataBufferFactory.sharedInstance.wrap(Arrays.copyOf(this.bytes, this.size));
	}

}
