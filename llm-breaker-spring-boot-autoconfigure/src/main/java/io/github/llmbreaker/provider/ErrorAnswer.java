// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

/**
 * An answer whose status is no success.
 *
 * @param head its status and headers
 * @param body the body as sent (also compressed), at most 64 KiB of it; not copied, not
 * to be changed
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent")
public record ErrorAnswer(AnswerHead head, byte[] body) {

	@Override
	public String toString() {
		return "ErrorAnswer[status=%d, %d bytes]".formatted(this.head.status(), this.body.length);
	}

}
