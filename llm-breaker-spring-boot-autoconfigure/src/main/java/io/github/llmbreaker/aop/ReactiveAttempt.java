// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.util.ArrayList;
import java.util.List;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.call.NextStep;
import io.github.llmbreaker.call.Outcomes;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/**
 * One attempt of a reactive call, watched from its subscription to its end.
 */
final class ReactiveAttempt {

	/** Longer answers are not kept in a cache. */
	static final int MAX_KEPT = 1000;

	private final ReactorStyle style;

	private final MethodGuards guards;

	private final GuardedCall call;

	private final CallPermit permit;

	private @Nullable List<Object> kept;

	private volatile boolean content;

	private @Nullable CallOutcome outcome;

	ReactiveAttempt(ReactorStyle style, MethodGuards guards, GuardedCall call, CallPermit permit) {
		this.style = style;
		this.guards = guards;
		this.call = call;
		this.permit = permit;
		this.kept = (call.method().fallbackCache() != null) ? new ArrayList<>() : null;
	}

	Flux<Object> run() {
		return Flux.defer(this::source)
			.contextWrite((context) -> context.put(CallPermit.class, this.permit))
			.doOnNext(this::next)
			.doOnError(this::failed)
			.doOnComplete(this::succeeded)
			.doOnCancel(this::cancelled);
	}

	/**
	 * Whether the subscriber has got something already.
	 */
	boolean hasContent() {
		return this.content;
	}

	NextStep after(Recovery recovery, Throwable error) {
		CallOutcome judged = this.outcome;
		return recovery.afterFailure(this.permit, (judged != null) ? judged : failed(error), error);
	}

	private Publisher<Object> source() {
		CallPermit.Scope scope = this.permit.makeCurrent();
		try {
			return this.style.flux(this.call.proceed(this.permit.gate().target()));
		}
		catch (Throwable ex) {
			return Flux.error(ex);
		}
		finally {
			scope.close();
		}
	}

	private void next(Object value) {
		if (!this.content) {
			this.content = true;
			if (this.style.isMultiValue()) {
				this.permit.contentStarted();
			}
		}
		keep(value);
	}

	private void keep(Object value) {
		List<Object> list = this.kept;
		if (list != null) {
			list.add(value);
			this.kept = (list.size() <= MAX_KEPT) ? list : null;
		}
	}

	private void succeeded() {
		this.permit.complete(MethodGuards.SUCCESS);
		List<Object> list = this.kept;
		if (list != null) {
			this.call.remember(this.style.isMultiValue() ? List.copyOf(list) : list.stream().findFirst().orElse(null));
		}
	}

	private CallOutcome failed(Throwable error) {
		CallOutcome judged = this.guards.failed(this.permit, this.permit.gate().target(), error);
		this.outcome = judged;
		return judged;
	}

	private void cancelled() {
		this.permit.complete(this.content ? Outcomes.CANCELLED : Outcomes.abandoned(this.permit, null));
	}

}
