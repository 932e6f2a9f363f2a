// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.util.function.BooleanSupplier;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;

/**
 * Hands a streamed answer on, unless it fails before anything of it has come and somebody
 * else answers. Ends once.
 */
final class SubstitutedHandler implements StreamingChatResponseHandler {

	private final StreamingChatResponseHandler handler;

	/** Lets somebody else answer; whether there is anybody. */
	private final BooleanSupplier instead;

	private volatile boolean begun;

	private volatile boolean ended;

	SubstitutedHandler(StreamingChatResponseHandler handler, BooleanSupplier instead) {
		this.handler = handler;
		this.instead = instead;
	}

	@Override
	public void onPartialResponse(String part) {
		this.begun = true;
		this.handler.onPartialResponse(part);
	}

	@Override
	public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
		this.begun = true;
		this.handler.onPartialResponse(part, context);
	}

	@Override
	public void onPartialThinking(PartialThinking part) {
		this.begun = true;
		this.handler.onPartialThinking(part);
	}

	@Override
	public void onPartialThinking(PartialThinking part, PartialThinkingContext context) {
		this.begun = true;
		this.handler.onPartialThinking(part, context);
	}

	@Override
	public void onPartialToolCall(PartialToolCall part) {
		this.begun = true;
		this.handler.onPartialToolCall(part);
	}

	@Override
	public void onPartialToolCall(PartialToolCall part, PartialToolCallContext context) {
		this.begun = true;
		this.handler.onPartialToolCall(part, context);
	}

	@Override
	public void onCompleteToolCall(CompleteToolCall call) {
		this.begun = true;
		this.handler.onCompleteToolCall(call);
	}

	@Override
	public void onUnmappedRawEvent(Object event) {
		this.handler.onUnmappedRawEvent(event);
	}

	@Override
	public void onCompleteResponse(ChatResponse response) {
		if (!this.ended) {
			// what it throws comes back as an error
			this.handler.onCompleteResponse(response);
			this.ended = true;
		}
	}

	@Override
	public void onError(Throwable error) {
		if (this.ended) {
			return;
		}
		this.ended = true;
		if (this.begun || !this.instead.getAsBoolean()) {
			this.handler.onError((error instanceof UnretriedCallException unretried) ? unretried.getFailure() : error);
		}
	}

}
