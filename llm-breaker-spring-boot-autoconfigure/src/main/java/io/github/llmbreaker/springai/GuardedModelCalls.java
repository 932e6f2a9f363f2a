// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

import java.lang.reflect.Method;
import java.util.concurrent.Callable;

import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.breaker.LlmPolicies;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.call.LlmCall;
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

	private final ChatCalls chats;

	private final EmbeddingCalls embeddings;

	/**
	 * Creates it.
	 * @param guard what calls are guarded with
	 * @param policies says who answers for whom
	 * @param models the models of the application
	 */
	public GuardedModelCalls(CallGuard guard, LlmPolicies policies, ModelSource models) {
		ModelFallbacks fallbacks = new ModelFallbacks(guard, policies, models);
		this.chats = new ChatCalls(fallbacks);
		this.embeddings = new EmbeddingCalls(fallbacks);
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
			return (result instanceof Flux<?> stream) ? watch(bean, method, arguments, stream) : result;
		}
		catch (RuntimeException ex) {
			return instead(bean, method, arguments, ex);
		}
	}

	private Flux<?> watch(ModelBean bean, Method method, @Nullable Object[] arguments, Flux<?> stream) {
		boolean chat = bean.model() instanceof StreamingChatModel && method.getName().equals("stream");
		ChatQuestion question = chat ? ChatQuestion.of(method, arguments) : null;
		return (question != null) ? this.chats.stream(bean, question, stream)
				: stream.onErrorMap(GuardedModelCalls::unwrapped);
	}

	private @Nullable Object instead(ModelBean bean, Method method, @Nullable Object[] arguments,
			RuntimeException error) {
		if (bean.model() instanceof ChatModel && method.getName().equals("call")) {
			ChatQuestion question = ChatQuestion.of(method, arguments);
			if (question != null) {
				return this.chats.answer(bean, question, error);
			}
		}
		if (bean.model() instanceof EmbeddingModel) {
			EmbeddingCall asked = EmbeddingCall.of(method, arguments);
			if (asked != null) {
				return this.embeddings.answer(bean, asked, error);
			}
		}
		throw Unchecked.rethrow(unwrapped(error));
	}

	private static Throwable unwrapped(Throwable error) {
		LlmCallRejectedException rejection = LlmCall.rejectionIn(error);
		return (rejection != null) ? rejection : error;
	}

}
