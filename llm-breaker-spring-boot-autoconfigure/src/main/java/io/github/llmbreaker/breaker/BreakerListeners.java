// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells all listeners and keeps what they throw away from the call. What happens with
 * each call is told without an object made for it.
 */
final class BreakerListeners {

	private static final Logger logger = LoggerFactory.getLogger(BreakerListeners.class);

	private final BreakerListener[] listeners;

	private final Set<Class<?>> reported = ConcurrentHashMap.newKeySet();

	BreakerListeners(List<BreakerListener> listeners) {
		this.listeners = listeners.toArray(new BreakerListener[0]);
	}

	void created(BreakerView breaker) {
		tell((listener) -> listener.onCreated(breaker));
	}

	void evicted(BreakerView breaker) {
		tell((listener) -> listener.onEvicted(breaker));
	}

	void evicted(GateView gate) {
		tell((listener) -> listener.onGateEvicted(gate));
	}

	void stateChanged(BreakerView breaker, StateChange change) {
		tell((listener) -> listener.onStateChange(breaker, change));
	}

	void rejected(BreakerView breaker, LlmTarget target, RejectReason reason) {
		for (BreakerListener listener : this.listeners) {
			try {
				listener.onRejected(breaker, target, reason);
			}
			catch (Throwable ex) {
				report(listener, ex);
			}
		}
	}

	void completed(GateView gate, CallOutcome outcome, long nanos) {
		for (BreakerListener listener : this.listeners) {
			try {
				listener.onCompleted(gate, outcome, nanos);
			}
			catch (Throwable ex) {
				report(listener, ex);
			}
		}
	}

	void late(BreakerView breaker) {
		tell((listener) -> listener.onLate(breaker));
	}

	void retrying(GateView gate, Duration delay) {
		tell((listener) -> listener.onRetry(gate, delay));
	}

	void retryDenied(GateView gate) {
		tell((listener) -> listener.onRetryDenied(gate));
	}

	void fallingBack(GateView from, GateView to) {
		tell((listener) -> listener.onFallback(from, to));
	}

	private void tell(Consumer<BreakerListener> call) {
		for (BreakerListener listener : this.listeners) {
			try {
				call.accept(listener);
			}
			catch (Throwable ex) {
				report(listener, ex);
			}
		}
	}

	// an error, too, is the listener's: the call goes on
	private void report(BreakerListener listener, Throwable ex) {
		if (this.reported.add(listener.getClass())) {
			logger.warn("Breaker listener {} threw an exception. Calls go on without it; fix the listener. "
					+ "Further exceptions of this listener are not logged", listener.getClass().getName(), ex);
		}
	}

}
