// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.llmbreaker.LlmTarget;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does for models that are beans what their HTTP clients can't: they throw what a call
 * has failed with, instead of what keeps LangChain4j from making it again, and models of
 * providers with another API answer in their place.
 *
 * @since 0.1.0
 */
public final class GuardedModels {

	private static final Logger logger = LoggerFactory.getLogger(GuardedModels.class);

	private final ModelBeans beans;

	/**
	 * Creates it.
	 * @param beans the models that can answer instead of others
	 */
	public GuardedModels(ModelBeans beans) {
		this.beans = beans;
	}

	/**
	 * Calls a model.
	 * @param model the model
	 * @param method the method that is called
	 * @param arguments its arguments; what they hold may be replaced
	 * @param call makes the call with these arguments
	 * @return what the method returns
	 * @throws Throwable what the method throws
	 */
	public @Nullable Object call(Object model, Method method, @Nullable Object[] arguments,
			Callable<@Nullable Object> call) throws Throwable {
		ModelCall outer = ModelCall.current();
		ModelCall current = new ModelCall(outer != null && outer.isSubstitute());
		ChatRequest request = method.getName().equals("chat") ? request(arguments) : null;
		int last = arguments.length - 1;
		if (request != null && arguments[last] instanceof StreamingChatResponseHandler handler) {
			arguments[last] = new SubstitutedHandler(handler, () -> stream(current, request, handler));
		}
		try {
			return current.within(call);
		}
		catch (RuntimeException ex) {
			RuntimeException failure = (ex instanceof UnretriedCallException unretried) ? unretried.getFailure() : ex;
			ChatResponse answer = (request != null && model instanceof ChatModel) ? answer(current, request, failure)
					: null;
			if (answer == null) {
				throw failure;
			}
			return method.getReturnType().equals(String.class) ? answer.aiMessage().text() : answer;
		}
	}

	private @Nullable ChatResponse answer(ModelCall failed, ChatRequest request, RuntimeException failure)
			throws Exception {
		for (LlmTarget target : failed.fallbacks()) {
			ChatModel other = find(ChatModel.class, failed, target);
			if (other == null) {
				continue;
			}
			try {
				return new ModelCall(true).within(() -> other.chat(translate(request, target)));
			}
			catch (RuntimeException ex) {
				logger.debug("{} has not answered instead: {}", target, ex.getClass().getName());
				failure.addSuppressed(ex);
			}
		}
		return null;
	}

	/** The first that can be asked; what it fails with is its own affair. */
	private boolean stream(ModelCall failed, ChatRequest request, StreamingChatResponseHandler handler) {
		for (LlmTarget target : failed.fallbacks()) {
			StreamingChatModel other = find(StreamingChatModel.class, failed, target);
			if (other == null) {
				continue;
			}
			try {
				new ModelCall(true).within(() -> {
					other.chat(translate(request, target), handler);
					return true;
				});
				return true;
			}
			catch (Throwable ex) {
				logger.debug("{} has not answered instead: {}", target, ex.getClass().getName());
			}
		}
		return false;
	}

	private <T> @Nullable T find(Class<T> type, ModelCall failed, LlmTarget target) {
		List<T> models = this.beans.of(type, target.providerId());
		return (!models.isEmpty() && failed.leaveFor(target)) ? models.get(0) : null;
	}

	/**
	 * Returns the same request to another model, without what only the first one knows.
	 */
	private static ChatRequest translate(ChatRequest request, LlmTarget target) {
		ChatRequestParameters parameters = request.parameters();
		if (!parameters.getClass().equals(DefaultChatRequestParameters.class)) {
			logger.debug("What {} has beyond common parameters is left out for {}", parameters.getClass(), target);
		}
		return ChatRequest.builder()
			.messages(request.messages())
			.parameters(ChatRequestParameters.builder().overrideWith(parameters).modelName(target.model()).build())
			.build();
	}

	@SuppressWarnings("unchecked")
	private static @Nullable ChatRequest request(@Nullable Object[] arguments) {
		Object first = (arguments.length > 0) ? arguments[0] : null;
		if (first instanceof ChatRequest request) {
			return request;
		}
		if (first instanceof String text) {
			return ChatRequest.builder().messages(UserMessage.from(text)).build();
		}
		if (first instanceof ChatMessage[] messages) {
			return (messages.length > 0) ? ChatRequest.builder().messages(Arrays.asList(messages)).build() : null;
		}
		return (first instanceof List<?> messages && !messages.isEmpty())
				? ChatRequest.builder().messages((List<ChatMessage>) messages).build() : null;
	}

}
