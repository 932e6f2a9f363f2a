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

package io.github.llmbreaker.actuate.endpoint;

import java.util.Map;

import io.github.llmbreaker.breaker.BreakerMode;
import io.github.llmbreaker.breaker.HealthLevel;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint says about all breakers.
 *
 * @param enabled whether calls are guarded at all
 * @param mode whether breakers reject calls; {@code null} if none are guarded
 * @param health how the breakers are doing all together
 * @param breakers the breakers by name, sorted
 * @since 0.1.0
 */
public record BreakersDescriptor(boolean enabled, @Nullable BreakerMode mode, HealthLevel health,
		Map<String, BreakerDescriptor> breakers) implements OperationResponseBody {
}
