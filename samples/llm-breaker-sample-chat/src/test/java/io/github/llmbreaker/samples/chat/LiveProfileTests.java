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
