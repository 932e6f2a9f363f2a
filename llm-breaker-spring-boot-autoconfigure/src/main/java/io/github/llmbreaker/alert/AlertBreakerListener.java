// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.alert;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.breaker.BreakerListener;
import io.github.llmbreaker.breaker.BreakerView;
import io.github.llmbreaker.breaker.FleetStatus;
import io.github.llmbreaker.breaker.StateChange;
import io.github.llmbreaker.breaker.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Decides which changes of state are worth an alert: the beginning and the end of an
 * outage, not each probe in between, and of those who share their state only where it was
 * found out.
 *
 * @since 0.1.0
 */
public final class AlertBreakerListener implements BreakerListener, AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	/** A stop waits so long for what is still to be told. */
	private static final Duration LAST = Duration.ofSeconds(2);

	private final Map<BreakerView, Alert.Outage> outages = new ConcurrentHashMap<>();

	private final AlertSettings settings;

	private final List<AlertDelivery> deliveries;

	/**
	 * Creates a listener.
	 * @param settings what is told
	 * @param receivers who is told
	 * @param ticker the clock for durations
	 * @param threads makes a thread for each receiver
	 */
	public AlertBreakerListener(AlertSettings settings, Collection<AlertReceiver> receivers, Ticker ticker,
			ThreadFactory threads) {
		this(settings, receivers, ticker, threads, () -> null);
	}

	/**
	 * Creates a listener of which only one instance of a fleet tells.
	 * @param settings what is told
	 * @param receivers who is told
	 * @param ticker the clock for durations
	 * @param threads makes a thread for each receiver
	 * @param fleet the fleet as of now; {@code null} if there is none
	 */
	public AlertBreakerListener(AlertSettings settings, Collection<AlertReceiver> receivers, Ticker ticker,
			ThreadFactory threads, Supplier<@Nullable FleetStatus> fleet) {
		this(settings,
				receivers.stream()
					.map((receiver) -> new AlertDelivery(receiver, new AlertQueue(settings), new AlertSender(LIMIT),
							ticker, threads, fleet))
					.toList());
	}

	AlertBreakerListener(AlertSettings settings, List<AlertDelivery> deliveries) {
		this.settings = settings;
		this.deliveries = deliveries;
	}

	@Override
	public void onStateChange(BreakerView breaker, StateChange change) {
		Alert.Outage outage = news(breaker, change);
		if (outage == null || !this.settings.on().contains(change.to())) {
			return;
		}
		Alert alert = Alert.of(breaker, change, outage);
		for (AlertDelivery delivery : this.deliveries) {
			if (change.adopted()) {
				delivery.forget(alert);
			}
			else {
				delivery.add(alert);
			}
		}
	}

	@Override
	public void onEvicted(BreakerView breaker) {
		this.outages.remove(breaker);
	}

	/**
	 * Stops; what waits is sent at once, and given up after two seconds.
	 */
	@Override
	public void close() {
		CompletableFuture<?> all = CompletableFuture
			.allOf(this.deliveries.stream().map(AlertDelivery::finish).toArray(CompletableFuture[]::new));
		try {
			all.completeOnTimeout(null, LAST.toMillis(), TimeUnit.MILLISECONDS).join();
		}
		finally {
			this.deliveries.forEach(AlertDelivery::abandon);
		}
	}

	/** Returns the outage that it is about; {@code null} if it is no news. */
	private Alert.@Nullable Outage news(BreakerView breaker, StateChange change) {
		return switch (change.to()) {
			case OPEN -> begin(breaker);
			case FORCED_OPEN -> this.settings.on().contains(BreakerState.FORCED_OPEN) ? forced(breaker) : null;
			case HALF_OPEN, DISABLED -> this.outages.getOrDefault(breaker, Alert.Outage.of(breaker));
			case CLOSED -> this.outages.remove(breaker);
		};
	}

	private Alert.Outage forced(BreakerView breaker) {
		Alert.Outage outage = Alert.Outage.of(breaker);
		this.outages.putIfAbsent(breaker, outage);
		return outage;
	}

	private Alert.@Nullable Outage begin(BreakerView breaker) {
		Alert.Outage outage = Alert.Outage.of(breaker);
		return (this.outages.putIfAbsent(breaker, outage) == null && !breaker.isEvicted()) ? outage : null;
	}

}
