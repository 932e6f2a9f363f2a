// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.breaker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;

/**
 * Keeps what it is told.
 */
final class RecordingListener implements BreakerListener {

	final List<Breaker> created = Collections.synchronizedList(new ArrayList<>());

	final List<BreakerView> evicted = Collections.synchronizedList(new ArrayList<>());

	final List<GateView> evictedGates = Collections.synchronizedList(new ArrayList<>());

	final List<String> moves = Collections.synchronizedList(new ArrayList<>());

	final List<StateChange> changes = Collections.synchronizedList(new ArrayList<>());

	final List<String> rejections = Collections.synchronizedList(new ArrayList<>());

	final List<String> completed = Collections.synchronizedList(new ArrayList<>());

	final List<String> late = Collections.synchronizedList(new ArrayList<>());

	@Override
	public void onCreated(BreakerView breaker) {
		this.created.add((Breaker) breaker);
	}

	@Override
	public void onEvicted(BreakerView breaker) {
		this.evicted.add(breaker);
	}

	@Override
	public void onGateEvicted(GateView gate) {
		this.evictedGates.add(gate);
	}

	@Override
	public void onStateChange(BreakerView breaker, StateChange change) {
		this.moves.add(breaker.name() + " " + change.from() + " " + change.to());
		this.changes.add(change);
	}

	@Override
	public void onRejected(BreakerView breaker, LlmTarget target, RejectReason reason) {
		this.rejections.add(breaker.name() + " " + reason);
	}

	@Override
	public void onCompleted(GateView gate, CallOutcome outcome, long nanos) {
		this.completed.add(gate.target().model() + " " + outcome.kind());
	}

	@Override
	public void onLate(BreakerView breaker) {
		this.late.add(breaker.name());
	}

}
