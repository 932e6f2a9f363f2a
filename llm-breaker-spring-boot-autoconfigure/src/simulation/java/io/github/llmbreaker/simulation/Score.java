// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

/**
 * The mean of several runs of one strategy through one incident.
 */
final class Score {

	private int runs;

	private double regret;

	private double rejected;

	private double back;

	private double noticed;

	private int unnoticed;

	/**
	 * Adds a run.
	 * @param verdicts how it went
	 * @param regret seconds of traffic decided wrongly
	 * @param incident what happened
	 */
	void add(Verdicts verdicts, double regret, Incident incident) {
		this.runs++;
		this.regret += regret;
		this.rejected += verdicts.incidentRejectedShare();
		this.back += verdicts.back();
		boolean noticed = !Double.isNaN(verdicts.noticed());
		this.unnoticed += noticed ? 0 : 1;
		this.noticed += noticed ? verdicts.noticed() : incident.seconds();
	}

	/** Returns seconds of traffic decided wrongly beyond the oracle. */
	double regret() {
		return this.regret / this.runs;
	}

	/** Returns the share of the incident's calls that were rejected. */
	double rejected() {
		return this.rejected / this.runs;
	}

	/** Returns the seconds from the end of the incident until all calls are let in. */
	double back() {
		return this.back / this.runs;
	}

	/**
	 * Returns the seconds until it opened; where it did not, the whole incident counts.
	 */
	double noticed() {
		return this.noticed / this.runs;
	}

	/** Returns the share of the runs in which it never opened. */
	double unnoticed() {
		return (double) this.unnoticed / this.runs;
	}

}
