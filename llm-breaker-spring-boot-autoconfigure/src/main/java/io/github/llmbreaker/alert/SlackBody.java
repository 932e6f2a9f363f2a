// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.alert;

import java.util.ArrayList;
import java.util.List;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.provider.json.JsonEscape;

/**
 * Writes a message for Slack.
 */
final class SlackBody {

	/** More would not be read, and Slack takes 50 blocks. */
	private static final int MOST = 10;

	/** Slack takes 3000 characters, after escaping. */
	private static final int LONGEST = 600;

	private SlackBody() {
	}

	static String write(AlertMessage message) {
		List<String> blocks = new ArrayList<>();
		blocks.add(section(symbol(message) + " *" + escape(message.title()) + "*"));
		message.alerts().stream().limit(MOST).map((alert) -> section(describe(message, alert))).forEach(blocks::add);
		String more = (message.alerts().size() > MOST) ? " and " + (message.alerts().size() - MOST) + " more breakers"
				: "";
		blocks.add("{\"type\":\"context\",\"elements\":["
				+ text(escape(message.settings().application() + message.teller() + more)) + "]}");
		return "{\"text\":" + JsonEscape.quote(escape(message.title())) + ",\"blocks\":[" + String.join(",", blocks)
				+ "]}";
	}

	private static String describe(AlertMessage message, Alert alert) {
		String link = message.link(alert);
		String name = escape(alert.name());
		String linked = (link != null) ? "<" + link.replace("|", "%7C").replace(">", "%3E") + "|" + name + ">" : name;
		return linked + escape(message.event(alert)) + "\n" + escape(message.details(alert));
	}

	private static String symbol(AlertMessage message) {
		boolean well = message.alerts().stream().allMatch((alert) -> alert.state() == BreakerState.CLOSED);
		return well ? ":large_green_circle:" : ":red_circle:";
	}

	private static String section(String markdown) {
		return "{\"type\":\"section\",\"text\":" + text(markdown) + "}";
	}

	private static String text(String markdown) {
		return "{\"type\":\"mrkdwn\",\"text\":" + JsonEscape.quote(markdown) + "}";
	}

	/**
	 * Names of models are anybody's text: nothing in them may become a link or a mention.
	 */
	private static String escape(String text) {
		String shorter = (text.length() > LONGEST) ? text.substring(0, LONGEST) + "\u2026" : text;
		return shorter.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

}
