// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

/**
 * How a caller reads an answer.
 */
enum Reading {

	/** As the client does it by itself. */
	WHOLE("read an answer"),

	/** To its end, with small reads or demands. */
	PIECES("read little by little"),

	TWICE("read an answer twice"),

	/** The head is enough, and the answer is closed. */
	HEAD("look at the head only"),

	/** The caller leaves when the head is there and the body is not. */
	AT_HEAD("leave at the head"),

	/** In the client's own way to say that nobody wants the body. */
	BODILESS("do without the body"),

	/** Up to some byte; then the caller leaves without having seen the end. */
	UNTIL("leave in the middle"),

	/** Up to some byte; then the caller throws an error. */
	UNTIL_ERROR("fail in the middle"),

	/** The caller leaves when the provider has the request and has not answered. */
	NOTHING("leave before the head");

	private final String action;

	Reading(String action) {
		this.action = action;
	}

	/**
	 * Says what its callers do.
	 */
	String action() {
		return this.action;
	}

}
