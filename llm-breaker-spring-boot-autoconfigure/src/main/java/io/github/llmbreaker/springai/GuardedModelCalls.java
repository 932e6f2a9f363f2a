// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

import java.lang.reflect.Method;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.llmbreaker.breaker.LlmPolicies;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.call.Unchecked;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.embedding.EmbeddingModel;

/**
 * Does for models that are beans what the HTTP clients below can't: a rejection reaches
 * the caller as it is, however an SDK has wrapped it, and models of other providers
 * answer for one that has not. What can be sent to another provider as it is has been
 * sent there further below.
 *
 * @since 0.1.0
 */
public final class GuardedModelCalls {

	private final ModelFallbacks fallbacks;

	/**
	 * Creates it.
	 * @param guard what calls are guarded with
	 * @param policies says who answers for whom
	 * @param models the models of the application
	 */
	public GuardedModelCalls(CallGuard guard, LlmPolicies policies, ModelSource models) {
		this.fallbacks = new ModelFallbacks(guard, policies, models);
	}

	/**
	 * Calls a model.
	 * @param bean the model
	 * @param method the method that is called
	 * @param arguments its arguments
	 * @param call makes the call
	 * @return what the method returns, or what another model has answered
	 * @throws Throwable what the method throws, or a rejection that it is wrapped around
	 */
	public @Nullable Object call(ModelBean bean, Method method, @Nullable Object[] arguments,
			Callable<@Nullable Object> call) throws Throwable {
		try {
			Object result = call.call();
			return (result instanceof Flux<?> stream) ? streamed(bean, method, arguments, stream) : result;
		}
		catch (RuntimeException ex) {
			return instead(bean, method, arguments, ex);
		}
	}

	private Object instead(ModelBean bean, Method method, @Nullable Object[] arguments, RuntimeException error) {
		boolean chat = bean.model() instanceof ChatModel && method.getName().equals("call");
		ChatCall asked = chat ? ChatCall.of(arguments) : null;
		if (asked != null) {
			return this.fallbacks.failure(bean, asked::modelOf, error, ChatModel.class).answer(asked::ask);
		}
		EmbeddingCall embedding = (bean.model() instanceof EmbeddingModel) ? EmbeddingCall.of(method, arguments) : null;
		if (embedding != null) {
			return this.fallbacks.failure(bean, embedding::modelOf, error, EmbeddingModel.class).answer(embedding::ask);
		}
		throw Unchecked.rethrow(ModelFallbacks.unwrapped(error));
	}

	private Flux<?> streamed(ModelBean bean, Method method, @Nullable Object[] arguments, Flux<?> stream) {
		boolean chat = bean.model() instanceof StreamingChatModel && method.getName().equals("stream");
		ChatCall asked = chat ? ChatCall.of(arguments) : null;
		if (asked == null) {
			return stream.onErrorMap(ModelFallbacks::unwrapped);
		}
		return Flux.defer(() -> {
			AtomicBoolean begun = new AtomicBoolean();
			return watched(stream, begun).onErrorResume((ex) -> instead(
					this.fallbacks.failure(bean, asked::modelOf, ex, StreamingChatModel.class), asked, begun));
		});
	}

	/** Nobody goes on with what another one has begun. */
	private static Flux<Object> instead(ModelFallbacks.Failure<StreamingChatModel> failure, ChatCall asked,
			AtomicBoolean begun) {
		ModelFallbacks.Substitute<StreamingChatModel> next = begun.get() ? null : failure.next();
		if (next == null) {
			return Flux.error(failure.error());
		}
		Flux<?> stream = Flux.defer(() -> asked.stream(next.model(), next.name()));
		return watched(stream, begun).onErrorResume((ex) -> {
			failure.add(next, ex);
			return instead(failure, asked, begun);
		});
	}

	private static Flux<Object> watched(Flux<?> stream, AtomicBoolean begun) {
		return stream.cast(Object.class).doOnNext((part) -> {
			if (ChatCall.hasContent(part)) {
				begun.set(true);
			}
		});
	}

}
