// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

import java.lang.reflect.Method;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * What a chat model is asked, by whichever of its methods.
 *
 * @param prompt the question
 * @param text whether the caller gets texts, and no responses
 */
record ChatQuestion(Prompt prompt, boolean text) {

	/**
	 * Returns what is asked; {@code null} if that is not known.
	 */
	static @Nullable ChatQuestion of(Method method, @Nullable Object[] arguments) {
		Object first = (arguments.length == 1) ? arguments[0] : null;
		if (first instanceof Prompt prompt) {
			return new ChatQuestion(prompt, false);
		}
		if (first instanceof String message) {
			return new ChatQuestion(new Prompt(message), true);
		}
		return (first instanceof Message[] messages) ? new ChatQuestion(new Prompt(Arrays.asList(messages)), true)
				: null;
	}

	/**
	 * Returns a response as the caller wants it.
	 */
	Object of(ChatResponse response) {
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
