// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.alert;

/**
 * What a receiver of alerts understands.
 *
 * @since 0.1.0
 */
public enum AlertFormat {

	/** JSON with everything there is to say. */
	WEBHOOK {

		@Override
		String write(AlertMessage message) {
			return WebhookBody.write(message);
		}

	},

	/** An incoming webhook of Slack, or of what speaks like it. */
	SLACK {

		@Override
		String write(AlertMessage message) {
			return SlackBody.write(message);
		}

	};

	abstract String write(AlertMessage message);

}
