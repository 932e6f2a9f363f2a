// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;

/**
 * The calls that are running. When the gateway is stopped they may go on for a while;
 * then the rest is told, instead of being cut off without a word.
 */
class RunningCalls implements SmartLifecycle {

	private final Set<Call> calls = ConcurrentHashMap.newKeySet();

	private final Duration grace;

	private volatile boolean running;

	RunningCalls(Duration grace) {
		this.grace = grace;
	}

	static RequestRefusedException stopping() {
		return new RequestRefusedException(HttpStatus.SERVICE_UNAVAILABLE, "gateway_stopping",
				"The gateway is stopping");
	}

	Call begin(AnswerRelay relay) {
		Call call = new Call(relay);
		this.calls.add(call);
		return call;
	}

	int count() {
		return this.calls.size();
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.calls.forEach(Call::stop);
	}

	@Override
	public void stop(Runnable callback) {
		long end = System.nanoTime() + this.grace.toNanos();
		Disposable.Swap watch = Disposables.swap();
		watch.replace(Schedulers.parallel().schedulePeriodically(() -> {
			if (this.calls.isEmpty() || System.nanoTime() - end >= 0) {
				watch.dispose();
				stop();
				callback.run();
			}
		}, 0, 100, TimeUnit.MILLISECONDS));
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** Together with the web server, which takes no new requests from then on. */
	@Override
	public int getPhase() {
		return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
	}

	/**
	 * One call.
	 */
	final class Call {

		private final AnswerRelay relay;

		private final Sinks.Empty<Void> stopped = Sinks.empty();

		private Call(AnswerRelay relay) {
			this.relay = relay;
		}

		AnswerRelay relay() {
			return this.relay;
		}

		/** Ends when the call has to. */
		Mono<Void> stopped() {
			return this.stopped.asMono();
		}

		void end() {
			RunningCalls.this.calls.remove(this);
		}

		private void stop() {
			this.stopped.tryEmitEmpty();
			this.relay.stop();
		}

	}

}
