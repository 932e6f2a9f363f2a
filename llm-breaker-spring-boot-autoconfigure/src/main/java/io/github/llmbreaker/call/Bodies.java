// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the bodies of all answers have in common: how they are read and closed.
 */
public final class Bodies {

	private static final Logger logger = LoggerFactory.getLogger(Bodies.class);

	private static final int MAX_READS = 1000;

	private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

	private Bodies() {
	}

	/**
	 * Closes a body. That of an answer from Reactor Netty is subscribed to by another
	 * thread. Until then Spring's stream refuses to be closed, but takes itself for
	 * closed, and would neither cancel the answer nor release what arrives of it; its
	 * next read does both.
	 */
	public static void close(InputStream body) throws IOException {
		try {
			body.close();
		}
		catch (IllegalStateException ex) {
			readClosed(body, ex);
		}
	}

	/** Closes a body that nobody reads any more. Never fails. */
	public static void leave(InputStream body) {
		try {
			close(body);
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Closing the body of an answer failed", ex);
		}
	}

	/**
	 * Reads one byte by reading an array, for bodies that know only that.
	 * @return the byte; -1 at the end of the body
	 */
	public static int readOne(InputStream body) throws IOException {
		byte[] single = new byte[1];
		int count = body.read(single, 0, 1);
		return (count < 0) ? -1 : single[0] & 0xff;
	}

	private static void readClosed(InputStream body, IllegalStateException refused) throws IOException {
		IllegalStateException refusal = refused;
		byte[] nothing = new byte[1];
		for (int i = 0; i < MAX_READS; i++) {
			LockSupport.parkNanos(PAUSE);
			try {
				body.read(nothing);
				return;
			}
			catch (IllegalStateException ex) {
				refusal = ex;
			}
		}
		throw refusal;
	}

}
