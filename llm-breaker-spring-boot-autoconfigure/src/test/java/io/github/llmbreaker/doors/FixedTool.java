// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.doors;

import java.util.function.Supplier;

import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.DefaultToolDefinition;
import org.springframework.ai.tool.definition.ToolDefinition;

/**
 * Something that models can ask for, without arguments.
 *
 * @param name its name
 * @param answer what it says
 */
record FixedTool(String name, Supplier<String> answer) implements ToolCallback {

	@Override
	public ToolDefinition getToolDefinition() {
		return DefaultToolDefinition.builder()
			.name(this.name)
			.description("Tells something")
			.inputSchema("{\"type\":\"object\",\"properties\":{}}")
			.build();
	}

	@Override
	public String call(String input) {
		return this.answer.get();
	}

}
