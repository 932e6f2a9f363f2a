// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.call;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.util.CustomizableThreadCreator;

/**
 * The threads that do blocking work whose caller leaves when it takes too long. There are
 * as many as calls with limits or for the bodies of errors are waiting, none otherwise.
 * <p>
 * Virtual threads are taken where they are never pinned: an interrupt closes the socket
 * that a virtual thread waits for, while nothing wakes up a platform thread that reads
 * from one.
 *
 * @since 0.1.0
 */
public final class Workers {

	private static final String NAME = "llm-breaker-exchange-";

	private static final int NEVER_PINNED = 24;

	private static final Executor THREADS = (Runtime.version().feature() >= NEVER_PINNED)
			? new VirtualThreadTaskExecutor(NAME) : platformThreads();

	private Workers() {
	}

	/**
	 * Does work on another thread.
	 * @param work the work, which sees to its own exceptions
	 */
	public static void execute(Runnable work) {
		THREADS.execute(work);
	}

	private static Executor platformThreads() {
		CustomizableThreadCreator threads = new CustomizableThreadCreator(NAME);
		threads.setDaemon(true);
		ThreadFactory factory = (work) -> {
			Thread thread = threads.createThread(work);
			// neither keeps the application of its first caller alive
			thread.setContextClassLoader(Workers.class.getClassLoader());
			return thread;
		};
		return new ThreadPoolExecutor(0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
	}

}
