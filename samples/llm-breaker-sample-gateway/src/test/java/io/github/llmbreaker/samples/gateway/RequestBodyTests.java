// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestBody}.
 */
class RequestBodyTests {

	private static final int KIBIBYTE = 1024;

	@Test
	void piecesThatComeAfterTheEndTakeNoMemory() {
		BodyBudget budget = new BodyBudget(1024 * KIBIBYTE);
		RequestBody body = new RequestBody(budget, 1024 * KIBIBYTE);
		Sinks.Many<DataBuffer> pieces = Sinks.many().unicast().onBackpressureBuffer();
		body.read(MockServerHttpRequest.post("/").body(pieces.asFlux())).subscribe();
		pieces.tryEmitNext(piece()).orThrow();
		assertThat(budget.used()).isPositive();
		body.release();
		pieces.tryEmitNext(piece()).orThrow();
		assertThat(budget.used()).isZero();
	}

	private static DataBuffer piece() {
		return DefaultDataBufferFactory.sharedInstance.wrap(new byte[20 * KIBIBYTE]);
	}

}
