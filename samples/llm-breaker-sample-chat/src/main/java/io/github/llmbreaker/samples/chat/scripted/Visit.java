// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat.scripted;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * What a visitor of the chat got.
 *
 * @param status the HTTP status
 * @param retryAfter the seconds to wait, if the chat said so
 * @param detail the reason, if there was no answer
 */
record Visit(int status, @Nullable String retryAfter, @Nullable String detail) {

	static Mono<Visit> of(ClientResponse response) {
		int status = response.statusCode().value();
		String retryAfter = response.headers().asHttpHeaders().getFirst(HttpHeaders.RETRY_AFTER);
		if (status == 200) {
			return response.releaseBody().thenReturn(new Visit(status, retryAfter, null));
		}
		return response.bodyToMono(ProblemDetail.class)
			.map((problem) -> new Visit(status, retryAfter, problem.getDetail()));
	}

	boolean answered() {
		return this.status == 200;
	}

	boolean rejected() {
		return this.status == 503;
	}

	@Override
	public String toString() {
		if (this.retryAfter != null) {
			return "%d, Retry-After: %s".formatted(this.status, this.retryAfter);
		}
		return (this.detail != null) ? "%d, %s".formatted(this.status, this.detail) : String.valueOf(this.status);
	}

}
