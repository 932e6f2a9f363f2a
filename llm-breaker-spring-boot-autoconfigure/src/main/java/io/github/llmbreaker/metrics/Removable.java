// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.metrics;

/**
 * Meters that can be taken out of their registry.
 */
@FunctionalInterface
interface Removable {

	void remove();

}
