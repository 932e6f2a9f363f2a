// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.github.llmbreaker.provider.AnswerHead;
import io.github.llmbreaker.provider.json.JsonSkimmer;
import org.jspecify.annotations.Nullable;

/**
 * What is known about an error: status, headers and what the body says at known places.
 *
 * @since 0.1.0
 */
public final class ErrorFacts {

	/** Phrases count near the start only: what follows often repeats the request. */
	private static final int PHRASE_RANGE = 400;

	private static final int NO_STATUS = 0;

	private static final Pattern FAILURE = Pattern.compile("[45]\\d{2}(?:\\d{2})?");

	private static final String[] REPEATING = { "input_value", "input should be", "validation error", "messages[",
			"messages.", "invalid value", "expected one of", "invalid type", "unsupported value", "unknown parameter" };

	private final AnswerHead head;

	private final JsonSkimmer json;

	private final AnswerFields fields;

	private final String page;

	private final List<String> codes = new ArrayList<>(4);

	private final String original;

	private final String message;

	private final String phrases;

	private final int status;

	/**
	 * Gathers the facts.
	 * @param head status and headers
	 * @param json what the body says
	 * @param fields the places that were watched
	 * @param code a code that came beside the body; {@code null} if there is none
	 * @param page the start of a body that is no JSON, in lower case; otherwise empty
	 */
	public ErrorFacts(AnswerHead head, JsonSkimmer json, AnswerFields fields, @Nullable String code, String page) {
		this.head = head;
		this.json = json;
		this.fields = fields;
		this.page = page;
		addCode(code);
		addCode(awsCode(head.headers().first("x-amzn-errortype")));
		for (int field : fields.codes()) {
			addCode(fields.isAws(field) ? awsCode(json.text(field)) : json.text(field));
		}
		this.original = firstText();
		this.message = this.original.toLowerCase(Locale.ROOT);
		this.phrases = this.message.substring(0, Math.min(PHRASE_RANGE, this.message.length()));
		this.status = (head.status() >= 300) ? head.status() : reportedStatus();
	}

	/** They were judged, and are not asked any more. */
	public void release() {
		this.fields.giveBack(this.json);
	}

	private void addCode(@Nullable String code) {
		if (code != null && !code.isEmpty()) {
			this.codes.add(ErrorCodes.normalize(code));
		}
	}

	/** Cuts namespace and address off the name of an AWS exception. */
	private static @Nullable String awsCode(@Nullable String code) {
		if (code == null || code.indexOf(' ') >= 0) {
			return code;
		}
		String name = code.substring(code.lastIndexOf('#') + 1);
		int colon = name.indexOf(':');
		return (colon < 0) ? name : name.substring(0, colon);
	}

	private String firstText() {
		for (int field : this.fields.messages()) {
			String text = this.json.text(field);
			if (text != null && !text.isBlank()) {
				return text.strip();
			}
		}
		return this.page.startsWith("<") ? "" : this.page;
	}

	/** The first number that is the status of an error, or begins like one: 42901. */
	private int reportedStatus() {
		for (String path : AnswerFields.STATUSES) {
			int number = failureStatus(text(path));
			if (number != NO_STATUS) {
				return number;
			}
		}
		return NO_STATUS;
	}

	private static int failureStatus(@Nullable String text) {
		if (text == null || !FAILURE.matcher(text).matches()) {
			return NO_STATUS;
		}
		int number = Integer.parseInt(text, 0, 3, 10);
		return (number < 460 || number >= 500) ? number : NO_STATUS;
	}

	/** Returns what stands at a place, {@code null} if there is nothing. */
	@Nullable String text(String path) {
		return this.json.text(this.fields.of(path));
	}

	/** Whether there is something at a place. */
	public boolean has(String path) {
		return this.json.isFilled(this.fields.of(path));
	}

	/** Returns the start of the message, in lower case. */
	String phrases() {
		return this.phrases;
	}

	/** Returns the status that the body names, 0 without one. */
	int namedStatus() {
		return (this.head.status() >= 300) ? reportedStatus() : this.status;
	}

	/** Returns the normalized codes, the most specific first. */
	List<String> codes() {
		return this.codes;
	}

	public boolean hasCode(String... names) {
		return hasNormalized(Arrays.stream(names).map(ErrorCodes::normalize).toArray(String[]::new));
	}

	boolean hasNormalized(String... names) {
		for (String name : names) {
			if (this.codes.contains(name)) {
				return true;
			}
		}
		return false;
	}

	/** Whether the message says one of these near its start; in lower case. */
	public boolean says(String... texts) {
		for (String text : texts) {
			if (this.phrases.contains(text)) {
				return true;
			}
		}
		return false;
	}

	/** Whether the message starts with one of these; in lower case. */
	public boolean starts(String... texts) {
		for (String text : texts) {
			if (this.phrases.startsWith(text)) {
				return true;
			}
		}
		return false;
	}

	/** Whether the answer is a page or text of something in between, not of the API. */
	boolean isPage() {
		return !this.page.isEmpty();
	}

	boolean pageSays(String text) {
		return this.page.contains(text);
	}

	/** Whether the message repeats what the request said: its words are the caller's. */
	boolean repeatsRequest() {
		return says(REPEATING);
	}

	/** Returns the message in lower case, empty without one. */
	String message() {
		return this.message;
	}

	/** Returns the message as it was sent, empty without one. */
	String original() {
		return this.original;
	}

	AnswerHead head() {
		return this.head;
	}

	@Nullable String header(String name) {
		return this.head.headers().first(name);
	}

	/** Returns the HTTP status; inside a good answer the one it names, 0 without one. */
	public int status() {
		return this.status;
	}

}
