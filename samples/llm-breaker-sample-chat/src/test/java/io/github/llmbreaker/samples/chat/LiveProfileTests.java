// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.ActiveProfiles;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(properties = { "OPENAI_API_KEY=first-secret", "ANTHROPIC_API_KEY=second-secret" })
@ActiveProfiles("live")
@ExtendWith(OutputCaptureExtension.class)
class LiveProfileTests {

	@Test
	void talksToTheRealProvidersWithTheirKeys(@Autowired ApplicationContext context,
			@Autowired ChatProperties properties) {
		assertThat(properties.openai().baseUrl()).isEqualTo("https://api.openai.com/v1");
		assertThat(properties.openai().apiKey()).isEqualTo("first-secret");
		assertThat(properties.anthropic().baseUrl()).isEqualTo("https://api.anthropic.com/v1");
		assertThat(properties.anthropic().apiKey()).isEqualTo("second-secret");
		assertThat(context.getBeanDefinitionNames()).noneMatch((name) -> name.startsWith("scripted"));
	}

	@Test
	void keysAreNotPrinted(@Autowired ChatProperties properties, CapturedOutput output) {
		assertThat(properties.toString()).doesNotContain("secret");
		assertThat(output.getAll()).doesNotContain("secret");
	}

}
