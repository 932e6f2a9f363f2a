// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.util.List;
import java.util.Map;

import io.github.llmbreaker.call.RawAnswer;
import io.github.llmbreaker.provider.HeaderLookup;

/**
 * An answer with what LangChain4j wants to know of it.
 */
interface ClientAnswer extends RawAnswer {

	/**
	 * Returns all headers; empty if the client does not tell them.
	 */
	Map<String, List<String>> allHeaders();

	@Override
	default HeaderLookup headers() {
		return (name) -> ModelRequest.first(allHeaders(), name);
	}

}
