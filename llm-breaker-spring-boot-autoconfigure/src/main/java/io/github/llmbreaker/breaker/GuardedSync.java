// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what another sync throws away from the call.
 */
final class GuardedSync implements BreakerSync {

	private static final Logger logger = LoggerFactory.getLogger(GuardedSync.class);

	private final BreakerSync sync;

	private final AtomicBoolean reported = new AtomicBoolean();

	private GuardedSync(BreakerSync sync) {
		this.sync = sync;
	}

	/** Returns the sync in safe hands; the local one needs none. */
	static BreakerSync of(BreakerSync sync) {
		return (sync != BreakerSync.LOCAL) ? new GuardedSync(sync) : sync;
	}

	@Override
	public void created(SharedBreaker breaker) {
		try {
			this.sync.created(breaker);
		}
		catch (Throwable ex) {
			report(ex);
		}
	}

	@Override
	public void evicted(BreakerView breaker) {
		try {
			this.sync.evicted(breaker);
		}
		catch (Throwable ex) {
			report(ex);
		}
	}

	@Override
	public void changed(BreakerView breaker, SharedState state) {
		try {
			this.sync.changed(breaker, state);
		}
		catch (Throwable ex) {
			report(ex);
		}
	}

	@Override
	public void failed(BreakerView breaker) {
		try {
			this.sync.failed(breaker);
		}
		catch (Throwable ex) {
			report(ex);
		}
	}

	@Override
	public Duration probeDelay(BreakerView breaker) {
		try {
			Duration delay = this.sync.probeDelay(breaker);
			return delay.isNegative() ? Duration.ZERO : delay;
		}
		catch (Throwable ex) {
			report(ex);
			return Duration.ZERO;
		}
	}

	@Override
	public @Nullable FleetStatus fleet() {
		try {
			return this.sync.fleet();
		}
		catch (Throwable ex) {
			report(ex);
			return null;
		}
	}

	// an error, too, is the sync's: the call goes on
	private void report(Throwable ex) {
		if (this.reported.compareAndSet(false, true)) {
			logger.warn("Breaker sync {} threw an exception. The breakers of this instance go on alone; fix the sync. "
					+ "Further exceptions of it are not logged", this.sync.getClass().getName(), ex);
		}
	}

}
