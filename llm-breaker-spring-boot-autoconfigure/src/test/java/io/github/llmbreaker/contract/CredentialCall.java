// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

/**
 * One way to give a credential to a provider.
 *
 * @param client the client
 * @param way how it is given
 * @param dialect how the provider speaks
 * @param work makes the call
 */
record CredentialCall(String client, String way, CredentialDialect dialect, Work work) {

	/**
	 * Makes a call.
	 */
	@FunctionalInterface
	interface Work {

		void run() throws Exception;

	}

}
