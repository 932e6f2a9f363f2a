// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;

/**
 * Turns a prompt for one vendor's model into one for another's: its messages stay, and of
 * its options what every vendor knows.
 */
final class PortableOptions {

	private static final Logger logger = LoggerFactory.getLogger(PortableOptions.class);

	private PortableOptions() {
	}

	/**
	 * Returns the prompt for another model.
	 * @param prompt the prompt
	 * @param model the other model, whose own options hold for everything else
	 * @param name its name
	 */
	static Prompt move(Prompt prompt, ChatModel model, String name) {
		ChatOptions own = model.getOptions();
		ChatOptions.Builder<?> options = (own != null) ? own.mutate() : ToolCallingChatOptions.builder();
		options.model(name);
		ChatOptions asked = prompt.getOptions();
		if (asked != null) {
			copy(asked, options);
			logger.debug("Of the options of {} only portable ones go to {}", asked.getClass().getSimpleName(), name);
		}
		return new Prompt(prompt.getInstructions(), options.build());
	}

	private static void copy(ChatOptions from, ChatOptions.Builder<?> to) {
		set("temperature", from.getTemperature(), to::temperature);
		set("top-p", from.getTopP(), to::topP);
		set("top-k", from.getTopK(), to::topK);
		set("max-tokens", from.getMaxTokens(), to::maxTokens);
		set("stop-sequences", from.getStopSequences(), to::stopSequences);
		set("frequency-penalty", from.getFrequencyPenalty(), to::frequencyPenalty);
		set("presence-penalty", from.getPresencePenalty(), to::presencePenalty);
		if (from instanceof ToolCallingChatOptions tools && to instanceof ToolCallingChatOptions.Builder<?> other) {
			set("tools", tools.getToolCallbacks(), other::toolCallbacks);
			set("tool-context", tools.getToolContext(), other::toolContext);
		}
	}

	private static <T> void set(String name, @Nullable T value, Consumer<T> setter) {
		if (value == null) {
			return;
		}
		try {
			setter.accept(value);
		}
		catch (RuntimeException ex) {
			logger.debug("The option {} is dropped: the other model does not know it", name, ex);
		}
	}

}
