// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.chat.scripted;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Profile;

/**
 * The script.
 *
 * @param port where the scripted providers listen
 * @param outage how long each phase lasts
 * @param eventDelay the pause between two events of a streamed answer
 * @param traffic who asks, and how often
 */
@Profile("scripted")
@ConfigurationProperties("scripted")
record ScriptedProperties(int port, Phases outage, Duration eventDelay, Traffic traffic) {

	/**
	 * The phases before the recovery.
	 *
	 * @param healthy until then all is well
	 * @param overloaded how long there is no capacity
	 * @param rateLimited how long the provider wants to be left alone
	 */
	record Phases(Duration healthy, Duration overloaded, Duration rateLimited) {
	}

	/**
	 * The built-in visitor.
	 *
	 * @param enabled whether there is one
	 * @param interval the time between two rounds
	 * @param encore the answers after the outage that end the story
	 */
	record Traffic(boolean enabled, Duration interval, int encore) {
	}

}
