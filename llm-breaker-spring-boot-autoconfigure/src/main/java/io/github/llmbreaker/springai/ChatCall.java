// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.StreamingChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * What a chat model is asked, by whichever of its methods.
 *
 * @param prompt the question
 * @param text whether the caller gets texts, and no responses
 */
record ChatCall(Prompt prompt, boolean text) {

	/**
	 * Returns what is asked; {@code null} if that is not known.
	 */
	static @Nullable ChatCall of(@Nullable Object[] arguments) {
		Object first = (arguments.length == 1) ? arguments[0] : null;
		if (first instanceof Prompt prompt) {
			return new ChatCall(prompt, false);
		}
		if (first instanceof String message) {
			return new ChatCall(new Prompt(message), true);
		}
		return (first instanceof Message[] messages) ? new ChatCall(new Prompt(Arrays.asList(messages)), true) : null;
	}

	/**
	 * Returns the name of the model that is asked.
	 */
	@Nullable String modelOf(ModelBean bean) {
		ChatOptions asked = this.prompt.getOptions();
		String model = (asked != null) ? asked.getModel() : null;
		Object asker = (bean.model() instanceof ChatModel) ? bean.model() : bean.origin();
		ChatOptions own = (model == null && asker instanceof ChatModel chat) ? chat.getOptions() : null;
		return (own != null) ? own.getModel() : model;
	}

	/**
	 * Asks another model the same.
	 */
	Object ask(ChatModel other, String name) {
		return as(other.call(moved(other, name)));
	}

	Flux<?> stream(StreamingChatModel other, String name) {
		return other.stream(moved(other, name)).map(this::as);
	}

	private Prompt moved(Object other, String name) {
		return PortableOptions.move(this.prompt, (other instanceof ChatModel chat) ? chat.getOptions() : null, name);
	}

	/** As the caller wants it. */
	private Object as(ChatResponse response) {
		return this.text ? text(response) : response;
	}

	/**
	 * Whether a part of a stream says anything.
	 */
	static boolean hasContent(@Nullable Object part) {
		if (part instanceof ChatResponse response) {
			return !text(response).isEmpty()
					|| (response.getResult() != null && response.getResult().getOutput().hasToolCalls());
		}
		return part instanceof String text && !text.isEmpty();
	}

	private static String text(ChatResponse response) {
		String text = (response.getResult() != null) ? response.getResult().getOutput().getText() : null;
		return (text != null) ? text : "";
	}

}
