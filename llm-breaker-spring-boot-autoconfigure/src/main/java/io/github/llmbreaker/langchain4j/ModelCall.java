// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.util.List;
import java.util.concurrent.Callable;

import io.github.llmbreaker.LlmTarget;
import org.jspecify.annotations.Nullable;

/**
 * One call of a model that is a bean, which learns of the request behind it what else can
 * answer.
 */
final class ModelCall {

	private static final ThreadLocal<@Nullable ModelCall> CURRENT = new ThreadLocal<>();

	/** Whether it is made instead of another one, and nothing instead of it. */
	private final boolean substitute;

	/** The latest one. */
	private volatile @Nullable PlannedRequest request;

	ModelCall(boolean substitute) {
		this.substitute = substitute;
	}

	/**
	 * Returns the call that a model makes on this thread.
	 */
	static @Nullable ModelCall current() {
		return CURRENT.get();
	}

	boolean isSubstitute() {
		return this.substitute;
	}

	/**
	 * Makes this the call of this thread while an action runs.
	 */
	<T extends @Nullable Object> T within(Callable<T> action) throws Exception {
		ModelCall before = CURRENT.get();
		CURRENT.set(this);
		try {
			return action.call();
		}
		finally {
			if (before != null) {
				CURRENT.set(before);
			}
			else {
				CURRENT.remove();
			}
		}
	}

	/**
	 * It makes a request.
	 */
	void makes(PlannedRequest made) {
		this.request = made;
	}

	/**
	 * Returns who can be asked instead, in another way than by the same request.
	 */
	List<LlmTarget> fallbacks() {
		PlannedRequest made = this.request;
		return (made != null && !this.substitute) ? made.fallbacksElsewhere() : List.of();
	}

	/**
	 * Whether to ask somebody instead; listeners are told then.
	 */
	boolean leaveFor(LlmTarget target) {
		PlannedRequest made = this.request;
		return made != null && made.leaveFor(target);
	}

}
