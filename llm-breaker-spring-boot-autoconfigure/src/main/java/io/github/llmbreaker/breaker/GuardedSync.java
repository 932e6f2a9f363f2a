// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

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
		tell((it) -> it.created(breaker));
	}

	@Override
	public void evicted(BreakerView breaker) {
		tell((it) -> it.evicted(breaker));
	}

	@Override
	public void changed(BreakerView breaker, SharedState state) {
		tell((it) -> it.changed(breaker, state));
	}

	@Override
	public void failed(BreakerView breaker) {
		tell((it) -> it.failed(breaker));
	}

	@Override
	public Duration probeDelay(BreakerView breaker) {
		Duration delay = ask((it) -> it.probeDelay(breaker));
		return (delay == null || delay.isNegative()) ? Duration.ZERO : delay;
	}

	@Override
	public @Nullable FleetStatus fleet() {
		return ask(BreakerSync::fleet);
	}

	private void tell(Consumer<BreakerSync> call) {
		ask((it) -> {
			call.accept(it);
			return null;
		});
	}

	private <T> @Nullable T ask(Function<BreakerSync, @Nullable T> question) {
		try {
			return question.apply(this.sync);
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
