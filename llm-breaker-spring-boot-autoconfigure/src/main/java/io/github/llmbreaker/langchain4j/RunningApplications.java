// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Knows the applications that guard calls, for models that nobody tells by which: those
 * that are built with LangChain4j's own builders.
 *
 * @since 0.1.0
 */
public final class RunningApplications {

	private static final List<Application> STARTED = new CopyOnWriteArrayList<>();

	private RunningApplications() {
	}

	/**
	 * An application guards what is built from now on.
	 * @param guarding with what; asked when the first call is made
	 * @return to be run when it ends
	 */
	public static Runnable started(Supplier<? extends @Nullable CallGuarding> guarding) {
		Application application = new Application(guarding);
		boolean first = STARTED.isEmpty();
		STARTED.add(application);
		if (first) {
			ClientSelection.take();
		}
		return () -> {
			STARTED.remove(application);
			if (STARTED.isEmpty()) {
				ClientSelection.giveBack();
			}
		};
	}

	/**
	 * Returns what guards a client that is built now: the application that was started
	 * last, or the one that is started later.
	 */
	static Supplier<@Nullable CallGuarding> latest() {
		Application now = last();
		return (now != null) ? now : () -> {
			Application later = last();
			return (later != null) ? later.get() : null;
		};
	}

	private static @Nullable Application last() {
		Application last = null;
		for (Application application : STARTED) {
			last = application;
		}
		return last;
	}

	/**
	 * An application. Asked while it starts or ends it may have no guard.
	 */
	private static final class Application implements Supplier<@Nullable CallGuarding> {

		private final Supplier<? extends @Nullable CallGuarding> guarding;

		private volatile @Nullable CallGuarding known;

		Application(Supplier<? extends @Nullable CallGuarding> guarding) {
			this.guarding = guarding;
		}

		@Override
		public @Nullable CallGuarding get() {
			CallGuarding before = this.known;
			if (before == null) {
				before = this.guarding.get();
				this.known = before;
			}
			return before;
		}

	}

}
