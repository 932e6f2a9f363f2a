// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

import java.beans.PropertyDescriptor;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.BeansException;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.util.ObjectUtils;

/**
 * Turns a prompt for one vendor's model into one for another's: its messages stay, and of
 * its options what every vendor knows.
 */
final class PortableOptions {

	private static final Logger logger = LoggerFactory.getLogger(PortableOptions.class);

	private static final Set<String> PORTABLE = Set.of("class", "model", "temperature", "topP", "topK", "maxTokens",
			"stopSequences", "frequencyPenalty", "presencePenalty", "toolCallbacks", "toolContext", "outputSchema");

	private PortableOptions() {
	}

	/**
	 * Returns the prompt for another model.
	 * @param prompt the prompt
	 * @param own the other model's own options, which hold for everything else;
	 * {@code null} if they are not known
	 * @param name its name
	 */
	static Prompt move(Prompt prompt, @Nullable ChatOptions own, String name) {
		ChatOptions.Builder<?> options = (own != null) ? own.mutate() : ToolCallingChatOptions.builder();
		options.model(name);
		ChatOptions asked = prompt.getOptions();
		if (asked != null) {
			copy(asked, options);
			if (logger.isDebugEnabled()) {
				logger.debug("Options of {} that {} doesn't get: {}", asked.getClass().getSimpleName(), name,
						dropped(asked));
			}
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
		if (from instanceof StructuredOutputChatOptions structured
				&& to instanceof StructuredOutputChatOptions.Builder<?> other) {
			set("output-schema", structured.getOutputSchema(), other::outputSchema);
		}
	}

	/** Their names only: values may be what a user has written. */
	private static List<String> dropped(ChatOptions asked) {
		BeanWrapper options = PropertyAccessorFactory.forBeanPropertyAccess(asked);
		return Arrays.stream(options.getPropertyDescriptors())
			.filter((property) -> property.getReadMethod() != null && !PORTABLE.contains(property.getName()))
			.filter((property) -> isSet(options, property.getName()))
			.map(PropertyDescriptor::getName)
			.toList();
	}

	private static boolean isSet(BeanWrapper options, String property) {
		try {
			return !ObjectUtils.isEmpty(options.getPropertyValue(property));
		}
		catch (BeansException ex) {
			return false;
		}
	}

	private static <T> void set(String name, @Nullable T value, Consumer<T> setter) {
		if (ObjectUtils.isEmpty(value)) {
			// what the other model has of its own holds
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
