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

import java.time.InstantSource;

import org.jspecify.annotations.Nullable;

/**
 * Status and headers of an answer, and what it answers.
 *
 * @param endpoint the canonical name of the endpoint that was called
 * @param model the model that was asked for; {@code null} if none was named
 * @param status the HTTP status, also one outside the registered ones
 * @param headers the headers
 * @param clock the wall clock, for hints that name an instant
 * @since 0.1.0
 */
public record AnswerHead(String endpoint, @Nullable String model, int status, HeaderLookup headers,
		InstantSource clock) {
}
