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

	final List<Breaker> evicted = Collections.synchronizedList(new ArrayList<>());

	final List<TargetGate> evictedGates = Collections.synchronizedList(new ArrayList<>());

	final List<String> moves = Collections.synchronizedList(new ArrayList<>());

	final List<StateChange> changes = Collections.synchronizedList(new ArrayList<>());

	final List<String> rejections = Collections.synchronizedList(new ArrayList<>());

	final List<String> completed = Collections.synchronizedList(new ArrayList<>());

	final List<String> late = Collections.synchronizedList(new ArrayList<>());

	@Override
	public void onCreated(Breaker breaker) {
		this.created.add(breaker);
	}

	@Override
	public void onEvicted(Breaker breaker) {
		this.evicted.add(breaker);
	}

	@Override
	public void onGateEvicted(TargetGate gate) {
		this.evictedGates.add(gate);
	}

	@Override
	public void onStateChange(Breaker breaker, StateChange change) {
		this.moves.add(breaker.name() + " " + change.from() + " " + change.to());
		this.changes.add(change);
	}

	@Override
	public void onRejected(Breaker breaker, LlmTarget target, RejectReason reason) {
		this.rejections.add(breaker.name() + " " + reason);
	}

	@Override
	public void onCompleted(TargetGate gate, CallOutcome outcome, long nanos) {
		this.completed.add(gate.target().model() + " " + outcome.kind());
	}

	@Override
	public void onLate(Breaker breaker) {
		this.late.add(breaker.name());
	}

}
