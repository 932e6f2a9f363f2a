// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.DoubleSupplier;
import java.util.function.LongConsumer;

import io.github.llmbreaker.breaker.Ticker;

/**
 * What lies between instances and Redis, on virtual time: messages take a while, and some
 * get lost.
 */
public final class SimulatedNetwork {

	private static final double NANOS = 1e9;

	private final Ticker ticker;

	private final LongConsumer setTime;

	private final DoubleSupplier random;

	private final double delay;

	private final double loss;

	private final PriorityQueue<Event> agenda = new PriorityQueue<>();

	private final List<SimulatedInstance> instances = new ArrayList<>();

	private final SimulatedRedis redis = new SimulatedRedis(this);

	private long events;

	private long commands;

	/**
	 * Creates a network.
	 * @param ticker the virtual time
	 * @param setTime sets it, in nanoseconds
	 * @param random numbers from 0 to 1
	 * @param delay seconds that a message takes at most
	 * @param loss the share of the messages that get lost
	 */
	public SimulatedNetwork(Ticker ticker, LongConsumer setTime, DoubleSupplier random, double delay, double loss) {
		this.ticker = ticker;
		this.setTime = setTime;
		this.random = random;
		this.delay = delay;
		this.loss = loss;
	}

	/**
	 * Lets happen what happens until then.
	 * @param nanos the time, which it is afterwards
	 */
	public void advance(long nanos) {
		for (Event next = this.agenda.peek(); next != null && next.at() <= nanos; next = this.agenda.peek()) {
			this.agenda.poll();
			this.setTime.accept(Math.max(next.at(), this.ticker.nanos()));
			next.action().run();
		}
		this.setTime.accept(nanos);
	}

	/**
	 * Returns the commands that Redis has got.
	 * @return their number so far
	 */
	public long commands() {
		return this.commands;
	}

	SimulatedRedis redis() {
		return this.redis;
	}

	Ticker ticker() {
		return this.ticker;
	}

	long nanos() {
		return this.ticker.nanos();
	}

	void join(SimulatedInstance instance) {
		this.instances.add(instance);
	}

	/** Redis gets a command, unless it is lost. */
	void command() {
		this.commands++;
		if (isLost() || isLost()) {
			throw new IllegalStateException("No answer");
		}
	}

	/** Returns how long there and back takes. */
	long roundTrip() {
		return message() + message();
	}

	/** Returns how far an answer is off that tells the time. */
	long error() {
		return (message() - message()) / 2;
	}

	boolean isLost() {
		return this.loss > 0 && this.random.getAsDouble() < this.loss;
	}

	void publish(FleetNews news) {
		for (SimulatedInstance instance : this.instances) {
			if (!isLost()) {
				at(nanos() + message(), () -> instance.hear(news));
			}
		}
	}

	void at(long nanos, Runnable action) {
		this.agenda.add(new Event(nanos, this.events++, action));
	}

	private long message() {
		return (long) (this.random.getAsDouble() * this.delay * NANOS);
	}

	private record Event(long at, long number, Runnable action) implements Comparable<Event> {

		@Override
		public int compareTo(Event other) {
			return (this.at != other.at) ? Long.compare(this.at, other.at) : Long.compare(this.number, other.number);
		}

	}

}
