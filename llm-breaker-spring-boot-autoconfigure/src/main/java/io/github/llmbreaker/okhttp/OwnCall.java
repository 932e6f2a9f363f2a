// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.okhttp;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

import org.springframework.util.CustomizableThreadCreator;

/**
 * An attempt that is a call of its own, because a call that was cancelled can't be tried
 * again. Ends when the application cancels its call, which OkHttp tells nobody.
 */
final class OwnCall {

	private static final long PERIOD_MILLIS = 50;

	private static final ScheduledThreadPoolExecutor WATCH = watch();

	/** The call of the application. */
	private final Call around;

	private volatile @Nullable Call call;

	private volatile boolean aborted;

	private @Nullable ScheduledFuture<?> watching;

	OwnCall(Call around) {
		this.around = around;
	}

	Response execute(OkHttpClient client, Request request) throws IOException {
		Call own = client.newCall(request.newBuilder().tag(OwnCall.class, this).build());
		this.call = own;
		WeakReference<OwnCall> self = new WeakReference<>(this);
		this.watching = WATCH.scheduleWithFixedDelay(() -> look(self), PERIOD_MILLIS, PERIOD_MILLIS,
				TimeUnit.MILLISECONDS);
		try {
			look();
			return own.execute();
		}
		catch (Throwable ex) {
			end();
			throw ex;
		}
	}

	/** An answer that the application has forgotten to close is watched no more. */
	private static void look(WeakReference<OwnCall> watched) {
		OwnCall own = watched.get();
		if (own == null) {
			throw new CancellationException();
		}
		own.look();
	}

	private void look() {
		if (this.aborted || this.around.isCanceled()) {
			abort();
		}
	}

	/**
	 * Ends whatever is going on.
	 */
	void abort() {
		this.aborted = true;
		Call own = this.call;
		if (own != null) {
			own.cancel();
		}
	}

	/**
	 * The answer has been closed.
	 */
	void end() {
		ScheduledFuture<?> future = this.watching;
		if (future != null) {
			future.cancel(false);
		}
	}

	private static ScheduledThreadPoolExecutor watch() {
		CustomizableThreadCreator threads = new CustomizableThreadCreator("llm-breaker-okhttp-");
		threads.setDaemon(true);
		ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, (work) -> {
			Thread thread = threads.createThread(work);
			thread.setContextClassLoader(OwnCall.class.getClassLoader());
			return thread;
		});
		executor.setKeepAliveTime(1, TimeUnit.SECONDS);
		executor.allowCoreThreadTimeOut(true);
		executor.setRemoveOnCancelPolicy(true);
		return executor;
	}

}
