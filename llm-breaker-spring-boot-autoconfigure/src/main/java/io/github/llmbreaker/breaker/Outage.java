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

import org.jspecify.annotations.Nullable;

/**
 * What a breaker that is not closed remembers until it is.
 *
 * @param trip the call that opened it last; {@code null} if opened by hand
 * @param reopenings how often it opened again after the first time
 * @param firstOpened when it opened first, as a reading of the ticker; {@code null} if it
 * never did
 * @param window the calls in the window of the closed period before
 */
record Outage(@Nullable Trip trip, int reopenings, @Nullable Long firstOpened, BreakerSnapshot.Window window) {

	Outage reopenedBy(Trip reason) {
		return new Outage(reason, this.reopenings + 1, this.firstOpened, this.window);
	}

	Outage openedByHand(long now) {
		return new Outage(null, this.reopenings, (this.firstOpened != null) ? this.firstOpened : now, this.window);
	}

}
