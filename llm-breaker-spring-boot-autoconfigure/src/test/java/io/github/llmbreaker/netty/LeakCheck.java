// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.netty;

import java.util.List;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Fails the run if a test, whichever, leaked a Netty buffer.
 */
public class LeakCheck implements LauncherSessionListener {

	@Override
	public void launcherSessionOpened(LauncherSession session) {
		CollectingLeakDetector.install();
	}

	@Override
	public void launcherSessionClosed(LauncherSession session) {
		List<String> leaks = CollectingLeakDetector.leaks();
		if (!leaks.isEmpty()) {
			throw new IllegalStateException("LEAK: %d Netty resources were not released before garbage collection: %s"
				.formatted(leaks.size(), String.join(System.lineSeparator(), leaks)));
		}
	}

}
