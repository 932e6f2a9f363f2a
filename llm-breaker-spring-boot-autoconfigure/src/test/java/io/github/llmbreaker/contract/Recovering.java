// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A policy that lets another attempt follow one that has failed.
 *
 * @param way what follows
 * @param limit which time is limited; "" for none
 * @param buffered whether streams are held back
 */
record Recovering(Way way, String limit, boolean buffered) {

	static final String SECOND_MODEL = "second-model";

	static final String SIBLING = "sibling-model";

	/**
	 * Returns all combinations.
	 */
	static List<Recovering> all() {
		List<Recovering> all = new ArrayList<>();
		for (Way way : Way.values()) {
			for (String limit : List.of("", "response", "first-token", "idle", "total")) {
				all.add(new Recovering(way, limit, false));
				all.add(new Recovering(way, limit, true));
			}
		}
		all.removeIf((each) -> each.way() == Way.SIBLING && !each.limit().isEmpty());
		return all;
	}

	boolean isFallback() {
		return this.way != Way.RETRY;
	}

	@Nullable String reasonAgainst(ContractClient client) {
		return switch (client.recovery()) {
			case ALL -> null;
			case RETRIES -> isFallback() ? "its code knows one target" : null;
			case NONE -> "its code is called once";
		};
	}

	/**
	 * Returns how the names of its models begin.
	 */
	String policy() {
		return this.way.name().toLowerCase(Locale.ROOT) + (this.limit.isEmpty() ? "" : "-" + this.limit)
				+ (this.buffered ? "-buffer" : "");
	}

	void configure(Map<String, String> policies) {
		policies.put(policy() + ".models", policy() + ".*");
		switch (this.way) {
			case RETRY -> {
				policies.put(policy() + ".retry.max-retries", "1");
				policies.put(policy() + ".retry.backoff", "1ms");
			}
			case FALLBACK -> policies.put(policy() + ".fallbacks", "second:" + SECOND_MODEL);
			case SIBLING -> policies.put(policy() + ".fallbacks", SIBLING);
		}
		if (!this.limit.isEmpty()) {
			// far away: what it costs to watch the time must change nothing
			policies.put(policy() + "." + this.limit + "-timeout", "30s");
		}
		if (this.buffered) {
			policies.put(policy() + ".stream-recovery", "buffer");
		}
	}

	@Override
	public String toString() {
		return policy();
	}

	/**
	 * What follows a failed attempt.
	 */
	enum Way {

		/** The same once more. */
		RETRY,

		/** A model of another provider. */
		FALLBACK,

		/** Another model of the same provider. */
		SIBLING

	}

}
