// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * A model of one vendor, for which those of others answer.
 */
final class FallingBackChatModel implements ChatModel {

	private final Supplier<ChatModel> model;

	private final Supplier<ModelFallbacks> fallbacks;

	private final String name;

	/**
	 * Creates it.
	 * @param name the name of the bean
	 * @param model the model itself
	 * @param fallbacks knows who answers instead
	 */
	FallingBackChatModel(String name, Supplier<ChatModel> model, Supplier<ModelFallbacks> fallbacks) {
		this.name = name;
		this.model = model;
		this.fallbacks = fallbacks;
	}

	@Override
	public ChatResponse call(Prompt prompt) {
		ChatModel own = this.model.get();
		try {
			return own.call(prompt);
		}
		catch (RuntimeException ex) {
			ModelFailure failure = this.fallbacks.get().failure(this.name, own, prompt, ex);
			ModelFallback next = failure.next();
			while (next != null) {
				try {
					return next.model().call(next.prompt());
				}
				catch (RuntimeException other) {
					failure.add(next, other);
					next = failure.next();
				}
			}
			throw failure.error();
		}
	}

	@Override
	public Flux<ChatResponse> stream(Prompt prompt) {
		return Flux.defer(() -> {
			ChatModel own = this.model.get();
			FirstContent content = new FirstContent();
			return content.watch(own.stream(prompt)).onErrorResume((ex) -> {
				ModelFailure failure = this.fallbacks.get().failure(this.name, own, prompt, ex);
				return content.hasCome() ? Flux.error(failure.error()) : stream(failure, content);
			});
		});
	}

	private static Flux<ChatResponse> stream(ModelFailure failure, FirstContent content) {
		ModelFallback next = failure.next();
		if (next == null) {
			return Flux.error(failure.error());
		}
		return content.watch(next.model().stream(next.prompt())).onErrorResume((other) -> {
			failure.add(next, other);
			return content.hasCome() ? Flux.error(failure.error()) : stream(failure, content);
		});
	}

	@Override
	public ChatOptions getOptions() {
		return this.model.get().getOptions();
	}

	@Override
	public String toString() {
		return "Guarded " + this.name;
	}

	/**
	 * Whether a stream has said anything.
	 */
	private static final class FirstContent {

		private volatile boolean come;

		Flux<ChatResponse> watch(Flux<ChatResponse> stream) {
			return stream.doOnNext((part) -> this.come |= hasContent(part));
		}

		boolean hasCome() {
			return this.come;
		}

		private static boolean hasContent(@Nullable ChatResponse part) {
			if (part == null || part.getResult() == null) {
				return false;
			}
			var output = part.getResult().getOutput();
			return output.hasToolCalls() || (output.getText() != null && !output.getText().isEmpty());
		}

	}

}
