// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

import io.github.llmbreaker.call.Unchecked;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Lets other chat models answer.
 */
final class ChatCalls {

	private final ModelFallbacks fallbacks;

	/**
	 * Creates it.
	 * @param fallbacks knows who answers instead
	 */
	ChatCalls(ModelFallbacks fallbacks) {
		this.fallbacks = fallbacks;
	}

	/**
	 * Returns what another model answers after a call has failed; throws what it has
	 * failed with if none does.
	 */
	Object answer(ModelBean bean, ChatQuestion question, RuntimeException error) {
		ModelFailure<ChatModel> failure = failure(bean, question, error, ChatModel.class);
		ModelFallback<ChatModel> next = failure.next();
		while (next != null) {
			try {
				return question.of(next.model().call(moved(question, next)));
			}
			catch (RuntimeException ex) {
				failure.add(next, ex);
				next = failure.next();
			}
		}
		throw Unchecked.rethrow(failure.error());
	}

	/**
	 * Returns a stream that goes on with another model if nothing has come of it.
	 */
	Flux<?> stream(ModelBean bean, ChatQuestion question, Flux<?> stream) {
		return Flux.defer(() -> {
			FirstContent content = new FirstContent();
			return content.watch(stream)
				.onErrorResume(
						(ex) -> instead(failure(bean, question, ex, StreamingChatModel.class), question, content));
		});
	}

	private static Flux<Object> instead(ModelFailure<StreamingChatModel> failure, ChatQuestion question,
			FirstContent content) {
		ModelFallback<StreamingChatModel> next = content.hasCome() ? null : failure.next();
		if (next == null) {
			return Flux.error(failure.error());
		}
		Flux<?> stream = Flux.defer(() -> next.model().stream(moved(question, next))).map(question::of);
		return content.watch(stream).onErrorResume((ex) -> {
			failure.add(next, ex);
			return instead(failure, question, content);
		});
	}

	private <T> ModelFailure<T> failure(ModelBean bean, ChatQuestion question, Throwable error, Class<T> kind) {
		return this.fallbacks.failure(bean, () -> modelOf(bean, question), error, kind);
	}

	private static @Nullable String modelOf(ModelBean bean, ChatQuestion question) {
		ChatOptions asked = question.prompt().getOptions();
		String model = (asked != null) ? asked.getModel() : null;
		Object asker = (bean.model() instanceof ChatModel) ? bean.model() : bean.origin();
		ChatOptions own = (model == null && asker instanceof ChatModel chat) ? chat.getOptions() : null;
		return (own != null) ? own.getModel() : model;
	}

	private static Prompt moved(ChatQuestion question, ModelFallback<?> fallback) {
		ChatOptions own = (fallback.model() instanceof ChatModel chat) ? chat.getOptions() : null;
		return PortableOptions.move(question.prompt(), own, String.valueOf(fallback.target().model()));
	}

	/**
	 * Whether a stream has said anything.
	 */
	private static final class FirstContent {

		private volatile boolean come;

		Flux<Object> watch(Flux<?> stream) {
			return stream.cast(Object.class).doOnNext((part) -> this.come |= ChatQuestion.hasContent(part));
		}

		boolean hasCome() {
			return this.come;
		}

	}

}
