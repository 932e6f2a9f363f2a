// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says what to set when the gateway would be open to everybody.
 */
final class OpenDoorFailureAnalyzer extends AbstractFailureAnalyzer<OpenDoorException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, OpenDoorException cause) {
		String address = cause.address();
		return new FailureAnalysis(
				"The gateway would listen on %s without any key, open to everybody who can reach it."
					.formatted((address != null) ? "'server.address' " + address : "all addresses"),
				"Set 'gateway.keys.<name>' to a key that callers must present (for example 'gateway.keys.team-a', the key "
						+ "itself or 'sha256:' and its SHA-256), or 'server.address' to 127.0.0.1.",
				cause);
	}

}
