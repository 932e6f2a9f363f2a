// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat.scripted;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmBreakers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the outage on the console, one line a round.
 */
final class Story {

	private static final Logger logger = LoggerFactory.getLogger(Story.class);

	private final ScriptedProviders providers;

	private final LlmBreakers breakers;

	private final String url;

	private @Nullable Phase phase;

	private int answered;

	private int failed;

	private int rejected;

	Story(ScriptedProviders providers, LlmBreakers breakers, String url) {
		this.providers = providers;
		this.breakers = breakers;
		this.url = url;
	}

	void begin() {
		logger.info("Two models are asked again and again. Watch them at {}/actuator/llmbreakers", this.url);
		logger.info("Each line tells what visitors of the chat get. In brackets: the breakers of the models.");
	}

	void beginRound(Phase phase) {
		if (phase != this.phase) {
			this.phase = phase;
			logger.info("--- {}", phase.headline());
		}
	}

	void endRound(Visit gpt, Visit claude) {
		count(claude);
		logger.info("gpt: {} [{}]   claude: {} [{}]   requests at Anthropic: {}", gpt, state("openai:"), claude,
				state("anthropic:"), this.providers.anthropicRequests());
	}

	void end() {
		logger.info("--- The end. Claude was asked {} times: {} answered, {} failed, {} rejected at once.",
				this.answered + this.failed + this.rejected, this.answered, this.failed, this.rejected);
		logger.info("Anthropic got {} requests, {} of them while it wanted to be left alone.",
				this.providers.anthropicRequests(), this.providers.unwantedRequests());
		logger.info("The chat stays up: curl '{}/chat/claude?q=What+is+a+circuit+breaker'", this.url);
	}

	private void count(Visit visit) {
		if (visit.answered()) {
			this.answered++;
		}
		else if (visit.rejected()) {
			this.rejected++;
		}
		else {
			this.failed++;
		}
	}

	private BreakerState state(String prefix) {
		return this.breakers.all()
			.stream()
			.filter((breaker) -> breaker.name().startsWith(prefix))
			.map(LlmBreaker::state)
			.findFirst()
			.orElse(BreakerState.CLOSED);
	}

}
