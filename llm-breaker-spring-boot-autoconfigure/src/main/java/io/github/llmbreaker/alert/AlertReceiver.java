// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.alert;

import java.net.URI;

/**
 * Who is told.
 *
 * @param format what it understands
 * @param url where it is; a secret, since whoever knows it can write there
 * @since 0.1.0
 */
public record AlertReceiver(AlertFormat format, URI url) {

	@Override
	public String toString() {
		return "AlertReceiver[" + this.format + "]";
	}

}
