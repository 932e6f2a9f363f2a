// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * Whom the simulation compares.
 */
final class Strategies {

	/** What an application gets that configures nothing. */
	static final PresetStrategy DEFAULT = PresetStrategy.of("adaptive (default)");

	/** The same, for whom a call is slow that takes five times the usual. */
	static final PresetStrategy SLOWNESS = PresetStrategy.of("adaptive, slow-call-factor: 5",
			"llm-breaker.defaults.slow-call-factor=5");

	static final NoBreaker NONE = new NoBreaker();

	private static final List<String> PRESETS = List.of("balanced", "lenient", "strict", "consecutive", "gateway");

	private Strategies() {
	}

	/** Returns the default and every other preset. */
	static List<Strategy> ours() {
		List<Strategy> ours = new ArrayList<>();
		ours.add(DEFAULT);
		PRESETS.forEach((preset) -> ours.add(PresetStrategy.ofPreset(preset)));
		return ours;
	}

	/** Returns what others do. */
	static List<Strategy> peers() {
		return List.of(Resilience4jStrategy.withDefaults(), Resilience4jStrategy.withTimeWindow(),
				new LiteLlmStrategy(), new AibridgeStrategy(), new PortkeyStrategy());
	}

	/** Returns all of them, in the order of the page. */
	static List<Strategy> all() {
		List<Strategy> all = ours();
		all.add(NONE);
		all.addAll(peers());
		return all;
	}

}
