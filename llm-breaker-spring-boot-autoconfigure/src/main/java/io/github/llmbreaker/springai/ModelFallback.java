// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

import io.github.llmbreaker.LlmTarget;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * Who answers instead.
 *
 * @param target what is asked
 * @param model asks it
 * @param prompt what for
 */
record ModelFallback(LlmTarget target, ChatModel model, Prompt prompt) {
}
