// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

/**
 * What a client is like, guarded or not.
 */
enum Trait {

	/** Its callers wait, and close an answer by reading it to its end. */
	BLOCKING,

	/**
	 * It is on Reactor Netty, which does not tell in which part of an answer a reset was.
	 */
	REACTOR_NETTY,

	/** It is on {@code HttpURLConnection}, which takes half an answer for a whole one. */
	URL_CONNECTION,

	/** Its callers are called back, and get {@code IOException}s only. */
	CALLBACK,

	/**
	 * It makes documents of its own of what has arrived, and is called back with streams,
	 * which it ends with an error if they are not complete.
	 */
	LANGCHAIN4J,

	/** It follows the redirect of a POST by itself, with a GET. */
	FOLLOWING,

	/** It does not tell the headers of errors. */
	HEADLESS_ERRORS,

	/** There are two guards, one inside the other. */
	NESTED,

	/** It is a guarded method around a guarded client. */
	AROUND

}
