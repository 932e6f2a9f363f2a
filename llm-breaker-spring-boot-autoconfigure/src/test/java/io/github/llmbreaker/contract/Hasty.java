// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.util.Map;

import io.github.llmbreaker.testing.FakeAnswer;
import org.jspecify.annotations.Nullable;

/**
 * Short time limits with a fallback behind them.
 */
enum Hasty {

	RESPONSE("response", false) {

		@Override
		FakeAnswer answer(Answers good) {
			return FakeAnswer.silence();
		}

	},

	FIRST_TOKEN("first-token", true) {

		@Override
		FakeAnswer answer(Answers good) {
			return FakeAnswer.sse().stall();
		}

	},

	IDLE("idle", true) {

		@Override
		FakeAnswer answer(Answers good) {
			return FakeAnswer.sse(Answers.ROLE, good.delta()).stall();
		}

	};

	private final String limit;

	private final boolean stream;

	Hasty(String limit, boolean stream) {
		this.limit = limit;
		this.stream = stream;
	}

	/**
	 * What a provider sends that exceeds the limit.
	 */
	abstract FakeAnswer answer(Answers good);

	String title() {
		return "exceeded " + this.limit + "-timeout";
	}

	String policy() {
		return "hasty-" + this.limit;
	}

	boolean isStream() {
		return this.stream;
	}

	@Nullable String reasonAgainst(ContractClient client) {
		if (client.recovery() != ContractClient.Recovery.ALL) {
			return "its code knows one target";
		}
		return switch (client.sight()) {
			case RESULT -> "it runs on its caller's thread, which nobody can leave";
			case LATER_RESULT -> this.stream ? "there is one item only" : null;
			case ITEMS, WIRE -> null;
		};
	}

	static void configure(Map<String, String> policies) {
		for (Hasty hasty : values()) {
			policies.put(hasty.policy() + ".models", hasty.policy() + ".*");
			policies.put(hasty.policy() + "." + hasty.limit + "-timeout", "60ms");
			policies.put(hasty.policy() + ".fallbacks", "second:" + Recovering.SECOND_MODEL);
			// what has been handed on could not be replaced
			policies.put(hasty.policy() + ".stream-recovery", "buffer");
		}
	}

}
