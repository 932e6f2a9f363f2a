// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

import io.github.llmbreaker.provider.json.JsonSkimmer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the provider's error inside of a gateway's: as a text at a place of its own, or
 * in the message behind words of the gateway, as JSON or as Python prints it.
 * <p>
 * A validation error that repeats a part of the request holds no such error, whatever the
 * request says.
 */
final class WrappedError {

	/** What gateways put before the answer of a provider: LiteLLM, routers, relays. */
	private static final Pattern LEAD = Pattern
		.compile("(?:exception|error code: \\d{3}|error from provider ?\\([^{]*\\)|provider returned[^{]{0,40}"
				+ "|upstream[^{]{0,40}|external_model_error\"?)[^{]{0,12}$");

	/** How LiteLLM begins, which may say more before the answer. */
	private static final String LITELLM = "litellm.";

	private static final Pattern ERROR = Pattern.compile("\\{ ?[\"'](?:error|type|message|detail|code)[\"']");

	private static final int MAX_LEAD = 240;

	private WrappedError() {
	}

	/** Finds the facts of the provider's error, to be released when they were judged. */
	static @Nullable ErrorFacts find(ErrorFacts facts) {
		String raw = facts.text(AnswerFields.RAW);
		if (raw != null && !raw.isBlank()) {
			String text = raw.strip();
			int start = text.startsWith("[") ? text.indexOf('{') : 0;
			return (start >= 0 && text.startsWith("{", start)) ? document(facts, text.substring(start))
					: text(facts, text);
		}
		String message = facts.original();
		int start = message.indexOf('{');
		if (start < 0 || start > MAX_LEAD) {
			return null;
		}
		boolean wrapped = start == 0 || LEAD.matcher(message.substring(0, start).toLowerCase(Locale.ROOT)).find()
				|| (message.startsWith(LITELLM) && ERROR.matcher(message).region(start, message.length()).lookingAt());
		return wrapped ? document(facts, message.substring(start)) : null;
	}

	private static ErrorFacts text(ErrorFacts facts, String text) {
		AnswerFields fields = AnswerFields.ERRORS;
		return new ErrorFacts(facts.head(), fields.takeSkimmer(), fields, null, text.toLowerCase(Locale.ROOT));
	}

	private static ErrorFacts document(ErrorFacts facts, String document) {
		AnswerFields fields = AnswerFields.ERRORS;
		JsonSkimmer json = fields.takeSkimmer();
		byte[] bytes = (document.startsWith("{'") ? json(document) : document).getBytes(StandardCharsets.UTF_8);
		json.onBytes(bytes, 0, bytes.length);
		return new ErrorFacts(facts.head(), json, fields, null, "");
	}

	/** Turns what Python prints into JSON: it quotes in either way. */
	private static String json(String python) {
		StringBuilder json = new StringBuilder(python.length() + 16);
		char quote = 0;
		for (int i = 0; i < python.length(); i++) {
			char c = python.charAt(i);
			if (quote == 0) {
				quote = (c == '\'' || c == '"') ? c : 0;
				json.append((quote != 0) ? '"' : c);
			}
			else if (c == quote && isEnd(python, i + 1)) {
				quote = 0;
				json.append('"');
			}
			else {
				json.append((c == '"') ? "\\\"" : c);
			}
		}
		return json.toString();
	}

	private static boolean isEnd(String text, int next) {
		int i = next;
		while (i < text.length() && text.charAt(i) == ' ') {
			i++;
		}
		return i == text.length() || ",:}]".indexOf(text.charAt(i)) >= 0;
	}

}
