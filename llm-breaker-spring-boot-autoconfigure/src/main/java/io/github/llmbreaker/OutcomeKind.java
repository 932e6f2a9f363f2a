/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
