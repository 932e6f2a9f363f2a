// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * A deferred request body that is subscribed once: its beginning is asked for the model,
 * and written as part of the body later.
 */
final class SharedBody extends PeekedFlux<Object> {

	/** How far raw bytes are kept back while they have not named a model. */
	private static final int LIMIT = 16 * 1024;

	private final Publisher<?> source;

	private final @Nullable String contentType;

	private final Consumer<@Nullable String> ready;

	private volatile @Nullable Object first;

	private @Nullable String model;

	private @Nullable BodyBeginning beginning;

	SharedBody(Publisher<?> source, @Nullable String contentType, Context context, Consumer<@Nullable String> ready) {
		super(context);
		this.source = source;
		this.contentType = contentType;
		this.ready = ready;
	}

	void start() {
		start(this.source);
	}

	/**
	 * Returns the body as the kind of publisher that it was, because writers treat the
	 * two kinds differently.
	 */
	Publisher<?> publisher() {
		return (this.source instanceof Mono) ? Mono.fromDirect(this) : this;
	}

	@Override
	boolean peek(Object item) {
		keep(item);
		this.first = item;
		if (item instanceof DataBuffer buffer) {
			return peek(buffer);
		}
		this.model = ModelProbe.modelOf(item, this.contentType);
		return true;
	}

	private boolean peek(DataBuffer buffer) {
		if (this.beginning == null) {
			this.beginning = new BodyBeginning(LIMIT);
		}
		this.model = this.beginning.modelWith(buffer, this.contentType);
		return this.model != null || this.beginning.isFull();
	}

	@Override
	void peeked(boolean complete, @Nullable Throwable error) {
		this.beginning = null;
		this.ready.accept(this.model);
	}

	@Override
	void subscribeAgain(CoreSubscriber<? super Object> actual) {
		Object object = this.first;
		boolean again = this.source instanceof Mono && object != null && !(object instanceof DataBuffer);
		(again ? Flux.just(Objects.requireNonNull(object)) : Flux.<Object>from(this.source)).subscribe(actual);
	}

}
