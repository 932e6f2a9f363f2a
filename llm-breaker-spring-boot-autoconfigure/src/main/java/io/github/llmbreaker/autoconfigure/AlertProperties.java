// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

import io.github.llmbreaker.BreakerState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * Messages to people about breakers that open and close.
 *
 * @param webhookUrl URL that gets them as JSON; a secret.
 * @param slackWebhookUrl URL of an incoming webhook of Slack; a secret.
 * @param on States that are told when a breaker enters them.
 * @param onAsReadByYaml States that are told, for YAML, which takes an unquoted key "on"
 * for the boolean.
 * @param minInterval Least time between two messages about the same provider; what
 * happens in between is put together.
 * @param pageUrl URL of the page of the breakers, for links to it.
 */
record AlertProperties(@Nullable String webhookUrl, @Nullable String slackWebhookUrl, @Nullable Set<BreakerState> on,
		@Name("true") @Nullable Set<BreakerState> onAsReadByYaml, @DefaultValue("30s") Duration minInterval,
		@Nullable String pageUrl) {

	AlertProperties {
		if (on == null) {
			on = (onAsReadByYaml != null) ? onAsReadByYaml : EnumSet.of(BreakerState.OPEN, BreakerState.CLOSED);
		}
	}

	Set<BreakerState> states() {
		return (this.on != null) ? this.on : Set.of();
	}

	@Override
	public String toString() {
		return "AlertProperties[on=" + this.on + ", minInterval=" + this.minInterval + "]";
	}

}
