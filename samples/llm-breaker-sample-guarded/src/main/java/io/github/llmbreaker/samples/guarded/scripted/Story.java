// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.guarded.scripted;

import java.io.IOException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.util.StreamUtils;
import org.springframework.web.client.RestClient;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Asks questions while one model after the other goes away, and tells what comes back.
 */
@Component
@ConditionalOnBooleanProperty("story.enabled")
final class Story implements ApplicationRunner {

	private static final Logger logger = LoggerFactory.getLogger(Story.class);

	private final ScriptedProvider provider;

	private final ConfigurableApplicationContext context;

	Story(ScriptedProvider provider, ConfigurableApplicationContext context) {
		this.provider = provider;
		this.context = context;
	}

	@Override
	public void run(ApplicationArguments args) {
		String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
		RestClient user = RestClient.create("http://localhost:" + port);
		ask(user, "All is well", "one");
		this.provider.overload("gpt-4.1");
		ask(user, "gpt-4.1 is overloaded", "two");
		ask(user, "gpt-4.1 is overloaded", "three");
		this.provider.overload("gpt-4.1-mini");
		ask(user, "gpt-4.1-mini is, too", "four");
		ask(user, "gpt-4.1-mini is, too", "five");
		ask(user, "Both are open", "one");
		ask(user, "Both are open", "six");
		logger.info("{} requests have reached the provider", this.provider.requests());
		this.context.close();
	}

	private static void ask(RestClient user, String situation, String question) {
		String answer = user.get()
			.uri("/ask?q={question}", question)
			.exchangeForRequiredValue((request, response) -> describe(response));
		logger.info("{}, question \"{}\": {}", situation, question, answer);
	}

	private static String describe(ClientHttpResponse response) throws IOException {
		String retryAfter = response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER);
		return response.getStatusCode().value() + " " + StreamUtils.copyToString(response.getBody(), UTF_8)
				+ ((retryAfter != null) ? ", Retry-After: " + retryAfter : "");
	}

}
