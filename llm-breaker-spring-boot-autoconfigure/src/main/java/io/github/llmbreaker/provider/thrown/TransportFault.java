// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.thrown;

/**
 * What went wrong between a client and the provider.
 */
enum TransportFault {

	/** The caller gave up. */
	CANCELLED,

	/** Nothing was sent: pool, queue, address or request are the matter. */
	LOCAL,

	/** The answer could not be turned into an object, which may have a cause below. */
	DECODING,

	/** No connection, or one that ended before there was a whole head. */
	CONNECT,

	/** No answer in time. */
	TIMEOUT,

	/** The connection broke. */
	CUT,

	/** Anything else about I/O, which may have a cause that is more specific. */
	IO;

	/** Whether a cause may know better. */
	boolean isVague() {
		return this == DECODING || this == IO;
	}

}
