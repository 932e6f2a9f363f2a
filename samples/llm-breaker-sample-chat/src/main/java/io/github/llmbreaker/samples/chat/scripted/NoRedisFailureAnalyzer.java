// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat.scripted;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what to do where the Redis that comes with the sample does not run.
 */
final class NoRedisFailureAnalyzer extends AbstractFailureAnalyzer<NoRedisException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, NoRedisException cause) {
		return new FailureAnalysis(cause.getMessage() + ": " + rootFailure.getMessage(),
				"Start a Redis or Valkey yourself, and run the sample with --scripted.embedded-redis=false"
						+ " --spring.data.redis.host=localhost --spring.data.redis.port=6379.",
				cause);
	}

}
