// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

/**
 * How an LLM call ended.
 *
 * @since 0.1.0
 */
public enum OutcomeKind {

	/** A good answer, also one that stopped at a length limit or asks for a tool. */
	SUCCESS,

	/** The caller sent more than its share in the provider's time frame. */
	RATE_LIMITED,

	/** The provider has no capacity at the moment. */
	OVERLOADED,

	/** Credit, spending limit or a fixed allowance is used up. */
	QUOTA_EXHAUSTED,

	/** The key or token is not accepted. */
	AUTH,

	/** The key is accepted but may not do this. */
	PERMISSION,

	/** The provider failed. */
	SERVER_ERROR,

	/** No answer, first token or next token in time. */
	TIMEOUT,

	/** No connection: name, network, refusal or TLS. */
	CONNECT_ERROR,

	/** An answer that began well was cut, or reported an error of no other kind. */
	STREAM_ERROR,

	/** The request itself is wrong, or failed for a local reason. */
	CLIENT_ERROR,

	/** The provider does not have this model. */
	MODEL_NOT_FOUND,

	/** The request does not fit into the model's context. */
	CONTEXT_LENGTH,

	/** A content filter stopped the request or the answer. */
	CONTENT_FILTERED,

	/** The caller gave up before the end. */
	CANCELLED

}
