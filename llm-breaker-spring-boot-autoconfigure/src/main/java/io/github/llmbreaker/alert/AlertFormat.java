// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.alert;

import java.util.function.Function;

/**
 * What a receiver of alerts understands.
 *
 * @since 0.1.0
 */
public enum AlertFormat {

	/** JSON with everything there is to say. */
	WEBHOOK(WebhookBody::write),

	/** An incoming webhook of Slack, or of what speaks like it. */
	SLACK(SlackBody::write);

	private final Function<AlertMessage, String> body;

	AlertFormat(Function<AlertMessage, String> body) {
		this.body = body;
	}

	String write(AlertMessage message) {
		return this.body.apply(message);
	}

}
