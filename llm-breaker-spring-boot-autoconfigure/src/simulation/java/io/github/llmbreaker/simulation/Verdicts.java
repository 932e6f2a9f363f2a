// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

/**
 * How well a strategy decided in one run.
 *
 * @param calls calls that were asked for
 * @param rejected how many of them were not let in
 * @param incidentCalls calls that were asked for during the incident
 * @param incidentRejected how many of them were not let in
 * @param cost sum over all calls of the chance that the decision was the wrong one: for a
 * call that was made, how many of its like fail; for one that was not, how many succeed
 * @param noticed seconds from the beginning of the incident until it opened; not a number
 * if it did not
 * @param back seconds from the end of the incident until the last call that was withheld
 * from a healthy model
 */
record Verdicts(long calls, long rejected, long incidentCalls, long incidentRejected, double cost, double noticed,
		double back) {

	double rejectedShare() {
		return (this.calls > 0) ? (double) this.rejected / this.calls : 0;
	}

	double incidentRejectedShare() {
		return (this.incidentCalls > 0) ? (double) this.incidentRejected / this.incidentCalls : 0;
	}

}
