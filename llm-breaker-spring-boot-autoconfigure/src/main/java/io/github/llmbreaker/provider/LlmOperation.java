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

package io.github.llmbreaker.provider;

import org.jspecify.annotations.Nullable;

/**
 * What a request path asks for.
 *
 * @param endpoint the canonical endpoint name, such as {@code chat.completions}
 * @param model the model that the path names; {@code null} if it names none
 * @param modelInBody whether the body is to be asked for the model
 * @since 0.1.0
 */
public record LlmOperation(String endpoint, @Nullable String model, boolean modelInBody) {

	/** A path that is not known. */
	public static final LlmOperation UNKNOWN = new LlmOperation("unknown", null, false);

}
