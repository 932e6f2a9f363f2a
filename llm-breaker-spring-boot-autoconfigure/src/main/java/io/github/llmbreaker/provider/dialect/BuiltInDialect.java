// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.util.List;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.provider.AnswerHead;
import io.github.llmbreaker.provider.BodyObserver;
import io.github.llmbreaker.provider.ErrorAnswer;
import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.LlmOperation;
import io.github.llmbreaker.provider.error.ContentEncodings;
import io.github.llmbreaker.provider.error.ErrorBodies;
import io.github.llmbreaker.provider.error.ErrorRules;
import io.github.llmbreaker.provider.stream.AnswerEvents;
import io.github.llmbreaker.provider.stream.AnswerObserver;
import io.github.llmbreaker.provider.stream.ApiEvents;
import io.github.llmbreaker.provider.stream.OpaqueObserver;
import org.jspecify.annotations.Nullable;

/**
 * What the dialects that come with the library have in common.
 */
abstract class BuiltInDialect implements LlmDialect {

	private final String id;

	private final List<String> hosts;

	private final ErrorRules errors;

	BuiltInDialect(String id, List<String> hosts, ErrorRules errors) {
		this.id = id;
		this.hosts = hosts;
		this.errors = errors;
	}

	@Override
	public final String id() {
		return this.id;
	}

	@Override
	public final List<String> hosts() {
		return this.hosts;
	}

	@Override
	public LlmOperation operation(String path) {
		return OpenAiPaths.operation(path);
	}

	/**
	 * Returns what the answers of an endpoint mean.
	 * @param endpoint the canonical endpoint name
	 * @return the meaning, {@code null} where nothing is known about answers
	 */
	@Nullable AnswerEvents events(String endpoint) {
		return ApiEvents.of(endpoint);
	}

	@Override
	public final CallOutcome classify(ErrorAnswer answer) {
		return this.errors.judge(ErrorBodies.read(answer));
	}

	@Override
	public final BodyObserver observe(AnswerHead head) {
		AnswerEvents events = events(head.endpoint());
		if (events == null || ContentEncodings.isEncoded(head.headers().first("content-encoding"))) {
			return new OpaqueObserver(head);
		}
		return new AnswerObserver(head, this.errors, events);
	}

}
