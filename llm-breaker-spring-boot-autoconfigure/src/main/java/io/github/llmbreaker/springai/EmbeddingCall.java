// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.BatchingStrategy;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

/**
 * What an embedding model is asked, by whichever of its methods.
 *
 * @param method the method
 * @param arguments what it was called with
 */
record EmbeddingCall(Method method, @Nullable Object[] arguments) {

	/**
	 * Returns what is asked; {@code null} if it is not for embeddings.
	 */
	static @Nullable EmbeddingCall of(Method method, @Nullable Object[] arguments) {
		boolean known = arguments.length > 0 && (arguments[0] instanceof EmbeddingRequest
				|| arguments[0] instanceof String || arguments[0] instanceof Document || arguments[0] instanceof List);
		return known ? new EmbeddingCall(method, arguments) : null;
	}

	/**
	 * Returns the name of the model that is asked.
	 */
	@Nullable String modelOf(ModelBean bean) {
		EmbeddingOptions options = options();
		return (options != null && options.getModel() != null) ? options.getModel()
				: ModelVendors.modelOf(bean.origin());
	}

	private @Nullable EmbeddingOptions options() {
		for (Object argument : this.arguments) {
			if (argument instanceof EmbeddingOptions options) {
				return options;
			}
			if (argument instanceof EmbeddingRequest request) {
				return request.getOptions();
			}
		}
		return null;
	}

	/**
	 * Asks another model the same. Returns what the method would have returned.
	 */
	@SuppressWarnings("unchecked")
	Object ask(EmbeddingModel other, String name) {
		EmbeddingOptions own = options();
		EmbeddingOptions.Builder builder = EmbeddingOptions.builder().model(name);
		EmbeddingOptions options = (own != null && own.getDimensions() != null)
				? builder.dimensions(own.getDimensions()).build() : builder.build();
		Object first = Objects.requireNonNull(this.arguments[0]);
		if (first instanceof EmbeddingRequest request) {
			return other.call(new EmbeddingRequest(request.getInstructions(), options));
		}
		if (first instanceof List<?> many) {
			return (this.arguments[this.arguments.length - 1] instanceof BatchingStrategy batching)
					? other.embed((List<Document>) many, options, batching)
					: whole(other.call(new EmbeddingRequest((List<String>) many, options)));
		}
		String text = (first instanceof Document document) ? other.getEmbeddingContent(document) : (String) first;
		return other.call(new EmbeddingRequest(List.of(text), options)).getResult().getOutput();
	}

	private Object whole(EmbeddingResponse response) {
		return this.method.getReturnType().isInstance(response) ? response
				: response.getResults().stream().map(Embedding::getOutput).toList();
	}

}
