// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.breaker.CallPermit;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.call.NextStep;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.core.ReactiveAdapter;

/**
 * Runs calls whose result is a reactive type. Each subscription is a call.
 */
final class ReactorStyle implements CallStyle {

	private final MethodGuards guards;

	private final @Nullable ReactiveAdapter adapter;

	private final boolean multiValue;

	/**
	 * Creates it.
	 * @param guards what calls are guarded with
	 * @param adapter converts from and to the method's type; {@code null} if the proxy
	 * does
	 * @param multiValue whether there can be more than one value
	 */
	ReactorStyle(MethodGuards guards, @Nullable ReactiveAdapter adapter, boolean multiValue) {
		this.guards = guards;
		this.adapter = adapter;
		this.multiValue = multiValue;
	}

	@Override
	public Object run(GuardedCall call) {
		Flux<Object> flux = Flux.deferContextual((context) -> guard(call, context));
		Publisher<Object> publisher = this.multiValue ? flux : flux.singleOrEmpty();
		return (this.adapter != null) ? this.adapter.fromPublisher(publisher) : publisher;
	}

	private Publisher<Object> guard(GuardedCall call, ContextView context) {
		TargetGate gate = this.guards.gate(call);
		CallPermit outer = context.hasKey(CallPermit.class) ? context.get(CallPermit.class) : CallPermit.current();
		if (!this.guards.isRecoverable(call, gate)) {
			return attempt(call, gate, outer).run();
		}
		return recovering(call, this.guards.recovery(call, gate), outer);
	}

	private Flux<Object> recovering(GuardedCall call, Recovery recovery, @Nullable CallPermit outer) {
		return Flux.defer(() -> {
			ReactiveAttempt attempt;
			try {
				attempt = attempt(call, recovery.plan().gate(), outer);
			}
			catch (LlmCallRejectedException ex) {
				return follow(recovery.afterRejection(ex), call, recovery, outer);
			}
			return attempt.run()
				.onErrorResume((error) -> attempt.hasContent() ? Flux.error(error)
						: follow(attempt.after(recovery, error), call, recovery, outer));
		});
	}

	private ReactiveAttempt attempt(GuardedCall call, TargetGate gate, @Nullable CallPermit outer) {
		return new ReactiveAttempt(this, this.guards, call, gate.acquire(outer));
	}

	private Flux<Object> follow(NextStep step, GuardedCall call, Recovery recovery, @Nullable CallPermit outer) {
		return switch (step.action()) {
			case RETRY -> Mono.delay(step.delay()).thenMany(recovering(call, recovery, outer));
			case FALLBACK -> recovering(call, recovery, outer);
			case FAIL -> fail(step.requiredError(), call, recovery);
		};
	}

	private Flux<Object> fail(Throwable error, GuardedCall call, Recovery recovery) {
		Substitute substitute = recovery.isAnswerable() ? Substitute.find(call, error) : null;
		if (substitute == null) {
			return Flux.error(error);
		}
		if (substitute.answer() != null) {
			return (this.multiValue && substitute.answer() instanceof Iterable<?> values) ? Flux.fromIterable(values)
					: Flux.just(substitute.answer());
		}
		try {
			return flux(substitute.call(call, error));
		}
		catch (Throwable ex) {
			return Flux.error(ex);
		}
	}

	boolean isMultiValue() {
		return this.multiValue;
	}

	/**
	 * Converts what the method returned.
	 */
	@SuppressWarnings("unchecked")
	Flux<Object> flux(@Nullable Object returned) {
		if (returned instanceof Publisher<?> publisher) {
			return Flux.from((Publisher<Object>) publisher);
		}
		if (returned != null && this.adapter != null) {
			return Flux.from(this.adapter.toPublisher(returned));
		}
		return (returned != null) ? Flux.just(returned) : Flux.empty();
	}

}
