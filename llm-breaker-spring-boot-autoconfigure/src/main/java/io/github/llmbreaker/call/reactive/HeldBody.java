// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call.reactive;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;

/**
 * The body of an answer that is held back until enough of it has been read. What was read
 * is kept on the heap, so that nothing leaks if nobody reads it.
 */
final class HeldBody extends HeldFlux<DataBuffer> {

	private final Flux<DataBuffer> source;

	private final boolean replays;

	private final IntPredicate enough;

	private @Nullable Consumer<HeldBody> ready;

	private byte[] bytes = new byte[0];

	private int size;

	private volatile boolean over;

	private volatile boolean whole;

	private HeldBody(Flux<DataBuffer> source, boolean replays, Context context, IntPredicate enough) {
		super(context);
		this.source = source;
		this.replays = replays;
		this.enough = enough;
	}

	/**
	 * Holds back the beginning of an error body, which is there again for everyone who
	 * reads the body.
	 * @param limit how many bytes are enough
	 */
	static HeldBody ofError(Flux<DataBuffer> source, Context context, int limit) {
		return new HeldBody(source, true, context, (size) -> size >= limit);
	}

	/**
	 * Holds back a good body.
	 * @param enough tells after each piece, by the number of bytes so far, whether it may
	 * pass
	 */
	static HeldBody ofAnswer(Flux<DataBuffer> source, Context context, IntPredicate enough) {
		return new HeldBody(source, false, context, enough);
	}

	/** Begins to read. */
	void start(Consumer<HeldBody> whenRead) {
		this.ready = whenRead;
		hold(this.source);
	}

	/** Returns what was read. */
	byte[] beginning(int limit) {
		return Arrays.copyOf(this.bytes, Math.min(this.size, limit));
	}

	/** Whether everything was read, well or not, so that no connection is behind it. */
	boolean isOver() {
		return this.over;
	}

	@Override
	protected boolean look(DataBuffer buffer) {
		int length = buffer.readableByteCount();
		if (this.size + length > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(this.size + length, 2 * this.size));
		}
		buffer.read(this.bytes, this.size, length);
		DataBufferUtils.release(buffer);
		this.size += length;
		return this.enough.test(this.size);
	}

	@Override
	protected void looked(boolean complete, @Nullable Throwable error) {
		this.over = complete;
		this.whole = complete && error == null;
		if (this.size > 0) {
			keep(copy());
		}
		if (this.ready != null) {
			this.ready.accept(this);
		}
	}

	/** Whether it is there again for everyone who reads it. */
	boolean isReplayed() {
		return this.replays;
	}

	@Override
	public boolean abandon() {
		return !this.over && super.abandon();
	}

	@Override
	protected void subscribeAgain(CoreSubscriber<? super DataBuffer> actual) {
		if (!this.replays) {
			this.source.subscribe(actual);
			return;
		}
		Flux<DataBuffer> again = (this.size > 0) ? Flux.just(copy()) : Flux.empty();
		(this.whole ? again : again.concatWith(this.source)).subscribe(actual);
	}

	private DataBuffer copy() {
		return DefaultDataBufferFactory.sharedInstance.wrap(Arrays.copyOf(this.bytes, this.size));
	}

}
