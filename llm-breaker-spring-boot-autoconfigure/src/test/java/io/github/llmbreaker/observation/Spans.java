// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.observation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import brave.Tracing;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.ThreadLocalCurrentTraceContext;
import brave.propagation.TraceContext;
import brave.sampler.Sampler;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.tracing.brave.bridge.BraveBaggageManager;
import io.micrometer.tracing.brave.bridge.BraveCurrentTraceContext;
import io.micrometer.tracing.brave.bridge.BraveTracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import org.jspecify.annotations.Nullable;

/**
 * The traces of an application, kept by a real tracer.
 */
public final class Spans extends SpanHandler implements AutoCloseable {

	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

	/** As Spring Boot has it: threads don't inherit what they were made in. */
	private final Tracing tracing = Tracing.newBuilder()
		.currentTraceContext(ThreadLocalCurrentTraceContext.create())
		.addSpanHandler(this)
		.sampler(Sampler.ALWAYS_SAMPLE)
		.traceId128Bit(true)
		.build();

	private final Map<String, MutableSpan> running = new HashMap<>();

	private final List<MutableSpan> ended = new ArrayList<>();

	/**
	 * Returns what an application has to have among its beans.
	 */
	public ObservationHandler<?> handler() {
		return new DefaultTracingObservationHandler(new BraveTracer(this.tracing.tracer(),
				new BraveCurrentTraceContext(this.tracing.currentTraceContext()), new BraveBaggageManager()));
	}

	@Override
	public synchronized boolean begin(TraceContext context, MutableSpan span, @Nullable TraceContext parent) {
		this.running.put(context.spanIdString(), span);
		return true;
	}

	@Override
	public synchronized boolean end(TraceContext context, MutableSpan span, Cause cause) {
		this.running.remove(context.spanIdString());
		if (cause == Cause.FINISHED) {
			this.ended.add(span);
			notifyAll();
		}
		return true;
	}

	/**
	 * Returns the spans that have ended, as soon as there are so many.
	 */
	public synchronized List<MutableSpan> await(Predicate<MutableSpan> which, int count) {
		long end = System.nanoTime() + PATIENCE;
		long rest = PATIENCE;
		while (rest > 0 && this.ended.stream().filter(which).count() < count) {
			try {
				TimeUnit.NANOSECONDS.timedWait(this, rest);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			rest = end - System.nanoTime();
		}
		return this.ended.stream().filter(which).toList();
	}

	/**
	 * Returns the names of the spans that a span is inside of, the innermost first.
	 */
	public synchronized List<String> around(MutableSpan span) {
		List<String> names = new ArrayList<>();
		String parent = span.parentId();
		while (parent != null) {
			MutableSpan around = find(parent);
			if (around == null) {
				names.add("unknown");
				break;
			}
			names.add(around.name());
			parent = around.parentId();
		}
		return names;
	}

	private @Nullable MutableSpan find(String id) {
		return this.ended.stream()
			.filter((span) -> span.id().equals(id))
			.findFirst()
			.orElseGet(() -> this.running.get(id));
	}

	/**
	 * Returns the names of the spans that have not ended.
	 */
	public synchronized List<String> running() {
		return this.running.values().stream().map((span) -> String.valueOf(span.name())).toList();
	}

	@Override
	public void close() {
		this.tracing.close();
	}

}
