// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.actuate.endpoint;

import java.util.List;

/**
 * What the endpoint says about one policy.
 *
 * @param name its name
 * @param patterns the models that it is for, such as {@code gpt-4.1*} or
 * {@code anthropic:claude-opus-*}
 * @since 0.1.0
 */
public record PolicyDescriptor(String name, List<String> patterns) {
}
