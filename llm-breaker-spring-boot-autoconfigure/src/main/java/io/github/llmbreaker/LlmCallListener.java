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

package io.github.llmbreaker;

import java.time.Duration;

/**
 * Told of every call that has ended. Beans of this type are called off the calling
 * thread, in order for each breaker; what they throw is logged and ignored.
 * <p>
 * Each attempt that reached or tried to reach the provider is a call; a rejection is
 * none.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LlmCallListener {

	/**
	 * A call has ended.
	 * @param target what was called
	 * @param outcome how it ended
	 * @param duration the time from admission to the end of the answer
	 */
	void onCallCompleted(LlmTarget target, CallOutcome outcome, Duration duration);

}
