// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.springai;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Chats with a model of OpenAI, and with one of Anthropic while that is away.
 *
 * @since 0.1.0
 */
@SpringBootApplication
public class SpringAiApplication {

	/**
	 * Starts the application.
	 * @param args the command line
	 */
	public static void main(String[] args) {
		SpringApplication.run(SpringAiApplication.class, args);
	}

}
