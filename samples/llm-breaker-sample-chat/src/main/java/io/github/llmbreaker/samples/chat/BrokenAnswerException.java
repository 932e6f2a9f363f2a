// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat;

/**
 * A provider began to answer and then reported an error instead of the rest.
 */
final class BrokenAnswerException extends RuntimeException {

	BrokenAnswerException(String type) {
		super("The provider reported " + type + " inside its answer");
	}

}
