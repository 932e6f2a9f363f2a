/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
