// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

/**
 * What became of the calls of several runs, over time. Four shares say it, which make up
 * the whole: answered, failed, withheld although they would have been answered, and
 * spared.
 */
final class Timeline {

	private final double from;

	private final double width;

	private final double[] calls;

	private final double[] answered;

	private final double[] failed;

	private final double[] missed;

	/**
	 * Creates an empty one.
	 * @param from when it begins, in seconds since the runs begin
	 * @param seconds how long it lasts
	 * @param parts into how many parts it is cut
	 */
	Timeline(double from, double seconds, int parts) {
		this.from = from;
		this.width = seconds / parts;
		this.calls = new double[parts];
		this.answered = new double[parts];
		this.failed = new double[parts];
		this.missed = new double[parts];
	}

	void add(double now, boolean made, double failing) {
		int part = (int) Math.floor((now - this.from) / this.width);
		if (part < 0 || part >= this.calls.length) {
			return;
		}
		this.calls[part]++;
		if (made) {
			this.answered[part] += 1 - failing;
			this.failed[part] += failing;
		}
		else {
			this.missed[part] += 1 - failing;
		}
	}

	int parts() {
		return this.calls.length;
	}

	double answered(int part) {
		return share(this.answered[part], part);
	}

	/** Returns the share of the calls that were made. */
	double made(int part) {
		return share(this.answered[part] + this.failed[part], part);
	}

	/** Returns the share of the calls that were not spared. */
	double madeOrMissed(int part) {
		return share(this.answered[part] + this.failed[part] + this.missed[part], part);
	}

	private double share(double of, int part) {
		return (this.calls[part] > 0) ? of / this.calls[part] : 1;
	}

}
