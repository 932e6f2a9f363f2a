// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/**
 * One test of one client.
 */
final class ContractTest {

	private ContractTest() {
	}

	/**
	 * Creates a test, whose name says why if a client cannot have it.
	 * @param reason why the client cannot have it; {@code null} if it can
	 */
	static DynamicTest of(ContractClient client, @Nullable String reason, Executable test) {
		return (reason == null) ? DynamicTest.dynamicTest(client.name(), test) : DynamicTest
			.dynamicTest(client.name() + ", not applicable: " + reason, () -> Assumptions.abort(reason));
	}

}
