/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
