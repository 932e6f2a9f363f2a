// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.scenarios;

import java.time.Duration;

import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.testing.FakeAnswer;

/**
 * What a provider does to a call, and what the application must see of it. The first 16
 * are those of FailoverBench's catalogue.
 */
enum Scenario {

	RATE_LIMIT_WITH_HINT("429 with Retry-After", "answers 429 with `Retry-After: 1`, then well",
			once(() -> Completion.error(429, "rate_limit_error", "rate_limit_exceeded").header("Retry-After", "1")),
			Expected.primary(2, OutcomeKind.RATE_LIMITED)),

	RATE_LIMIT("429 without Retry-After", "always answers 429",
			always(() -> Completion.error(429, "rate_limit_error", "rate_limit_exceeded")),
			Expected.fallback(3, OutcomeKind.RATE_LIMITED)),

	SERVER_ERROR_ONCE("500 once", "answers 500, then well",
			once(() -> FakeAnswer.json(500, "{\"error\":{\"message\":\"Sorry\",\"type\":\"server_error\"}}")),
			Expected.primary(2, OutcomeKind.SERVER_ERROR)),

	OVERLOADED("503", "always answers 503", always(() -> Completion.error(503, "server_error", "overloaded")),
			Expected.fallback(3, OutcomeKind.OVERLOADED)),

	RESET("Reset before the head", "resets the connection, then answers well", once(FakeAnswer::connectionReset),
			Expected.primary(2, OutcomeKind.SERVER_ERROR)),

	SILENCE("No answer at all", "takes the request and never answers", always(FakeAnswer::silence),
			Expected.fallback(1, OutcomeKind.TIMEOUT).inHaste()),

	SLOW_FIRST_TOKEN("Slow first token", "sends the head, and comments; content comes much later", (attempt, good) -> {
		FakeAnswer slow = good.isStream() ? good.role() : FakeAnswer.raw();
		for (int i = 0; i < 12; i++) {
			slow.pause(Duration.ofMillis(100));
			if (good.isStream()) {
				slow.chunk(": still there\n\n");
			}
		}
		return slow.stall();
	}, Expected.fallback(1, OutcomeKind.TIMEOUT).inHaste()),

	CUT("Stream cut in the middle", "closes the connection in the middle of the answer",
			(attempt, good) -> (good.isStream() ? good.half() : good.documentUpToTheMiddle()).cut(),
			Expected.fallback(3, OutcomeKind.STREAM_ERROR)),

	STALL("Stream that stalls", "is silent in the middle of the answer, connection open",
			(attempt, good) -> (good.isStream() ? good.half() : good.documentUpToTheMiddle()).stall(),
			Expected.fallback(1, OutcomeKind.TIMEOUT).inHaste()),

	MALFORMED("Malformed event", "sends an event that is no JSON, and the rest of the answer",
			(attempt, good) -> good.isStream()
					? good.half()
						.chunk("data: {\"id\":\"c1\",\"choices\":[{\"delta\":{\"content\": \n\n")
						.chunk(good.rest())
						.chunk(good.finish())
						.chunk(Completion.DONE)
					: FakeAnswer.json(200, good.document().replace("\"usage\":", "\"usage\"\"oops")),
			Expected.fallback(3, OutcomeKind.STREAM_ERROR)),

	NO_DONE("Stream without [DONE]", "sends all of the answer but `[DONE]`",
			(attempt, good) -> good.isStream() ? good.half().chunk(good.rest()).chunk(good.finish()) : good.whole(),
			Expected.primary(1)),

	CONTEXT_LENGTH("Context length", "answers 400, `context_length_exceeded`",
			always(() -> Completion.error(400, "invalid_request_error", "context_length_exceeded")),
			Expected.fallback(1, OutcomeKind.CONTEXT_LENGTH)),

	CONTENT_FILTER("Content filter", "answers 400, `content_policy_violation`",
			always(() -> Completion.error(400, "invalid_request_error", "content_policy_violation")),
			Expected.error("content_policy_violation", OutcomeKind.CONTENT_FILTERED)),

	CUT_WITHOUT_PREFILL("Cut, and a fallback that continues nothing",
			"cuts the answer; the fallback refuses to go on with a half answer",
			(attempt, good) -> (good.isStream() ? good.half() : good.documentUpToTheMiddle()).cut(),
			Expected.fallback(3, OutcomeKind.STREAM_ERROR)),

	FLAPPING("Down, then back", "answers 503 for a while, then well",
			always(() -> Completion.error(503, "server_error", "overloaded")), Expected.inTurn()),

	ACCOUNTING("Whose answer it is", "always answers 503; the answer has to name the fallback",
			always(() -> Completion.error(503, "server_error", "overloaded")),
			Expected.fallback(3, OutcomeKind.OVERLOADED)),

	DRIBBLING_HEAD("Head that dribbles", "sends the head byte by byte, without end", (attempt, good) -> {
		FakeAnswer slow = FakeAnswer.raw().raw("HTTP/1.1 200 OK\r\nX-Slow: ");
		for (int i = 0; i < 100; i++) {
			slow.raw("x").pause(Duration.ofMillis(30));
		}
		return slow.stall();
	}, Expected.fallback(1, OutcomeKind.TIMEOUT).inHaste()),

	ERROR_IN_200("Error inside a 200", "reports an error in a 200",
			(attempt, good) -> good.isStream()
					? FakeAnswer.sse("data: " + Completion.error("server_error", "server_error") + "\n\n")
					: FakeAnswer.json(200, Completion.error("server_error", "server_error")),
			Expected.fallback(3, OutcomeKind.SERVER_ERROR, OutcomeKind.STREAM_ERROR)),

	ERROR_IN_THE_MIDDLE("Error in the middle of a stream", "reports an error after half of the answer; no stream: 529",
			(attempt,
					good) -> good.isStream() ? good.half()
						.chunk("data: " + Completion.error("server_error", "overloaded") + "\n\n")
						.chunk(Completion.DONE) : Completion.error(529, "overloaded_error", "overloaded"),
			Expected.fallback(3, OutcomeKind.OVERLOADED)),

	UNFINISHED("Half, and a good end", "ends after half of the answer as HTTP says, without a reason to finish",
			(attempt, good) -> good.isStream() ? good.half() : good.halfADocument(),
			Expected.fallback(3, OutcomeKind.STREAM_ERROR)),

	EMPTY("Nothing in a 200", "answers 200 without any content",
			(attempt, good) -> good.isStream() ? FakeAnswer.sse()
					: FakeAnswer.status(200).header("Content-Type", "application/json"),
			Expected.fallback(3, OutcomeKind.STREAM_ERROR)),

	HTML("HTML in a 200", "answers 200 with a page in HTML",
			always(() -> FakeAnswer.status(200)
				.header("Content-Type", "text/html; charset=utf-8")
				.body("<!doctype html><html><body>Please wait</body></html>")),
			Expected.fallback(3, OutcomeKind.SERVER_ERROR, OutcomeKind.STREAM_ERROR)),

	LOGIN("Redirect to a login page", "answers 302 to a login page",
			always(() -> FakeAnswer.status(302).header("Location", "/login")),
			Expected.fallback(3, OutcomeKind.CONNECT_ERROR, OutcomeKind.SERVER_ERROR, OutcomeKind.STREAM_ERROR)),

	QUOTA("Used-up quota", "answers 429, `insufficient_quota`",
			always(() -> Completion.error(429, "insufficient_quota", "insufficient_quota")),
			Expected.fallback(1, OutcomeKind.QUOTA_EXHAUSTED)),

	REVOKED_KEY("Revoked key", "answers 401, `invalid_api_key`",
			always(() -> Completion.error(401, "invalid_request_error", "invalid_api_key")),
			Expected.fallback(1, OutcomeKind.AUTH)),

	MODEL_GONE("Model gone", "answers 404, `model_not_found`",
			always(() -> Completion.error(404, "invalid_request_error", "model_not_found")),
			Expected.fallback(1, OutcomeKind.MODEL_NOT_FOUND)),

	LONG_WAIT("429 with a long wait", "answers 429 with `Retry-After: 3600`",
			always(() -> Completion.error(429, "rate_limit_error", "rate_limit_exceeded")
				.header("Retry-After", "3600")),
			Expected.fallback(1, OutcomeKind.RATE_LIMITED)),

	RESET_IN_THE_MIDDLE("Reset in the middle", "resets the connection in the middle of the answer",
			(attempt, good) -> (good.isStream() ? good.half() : good.documentUpToTheMiddle()).reset(),
			Expected.fallback(3, OutcomeKind.STREAM_ERROR)),

	BAD_CHUNKS("Broken chunks", "breaks the framing of HTTP in the middle of the answer", (attempt,
			good) -> (good.isStream() ? good.half()
					: FakeAnswer.chunked(200, "application/json").chunk(good.document().substring(0, 40)))
				.raw("zz\r\n")
				.cut(),
			Expected.fallback(3, OutcomeKind.STREAM_ERROR)),

	CUT_HEAD("Cut in the head", "closes the connection in the middle of the head",
			always(() -> FakeAnswer.raw().raw("HTTP/1.1 200 OK\r\nContent-Ty").cut()),
			Expected.fallback(3, OutcomeKind.CONNECT_ERROR)),

	DISCONNECT("Closed before the head", "closes the connection instead of an answer", once(FakeAnswer::disconnect),
			Expected.primary(2, OutcomeKind.SERVER_ERROR)),

	NO_RETRY("Not to be retried", "answers 503 with `x-should-retry: false`",
			always(() -> Completion.error(503, "server_error", "overloaded").header("x-should-retry", "false")),
			Expected.fallback(1, OutcomeKind.OVERLOADED)),

	HTML_ERROR("HTML error page", "answers 502 with a page in HTML",
			always(() -> FakeAnswer.status(502).header("Content-Type", "text/html").body("<html>Bad Gateway</html>")),
			Expected.fallback(3, OutcomeKind.SERVER_ERROR)),

	FILTERED_END("Filtered in the middle", "ends with `finish_reason: content_filter`",
			(attempt, good) -> good.isStream()
					? good.half()
						.chunk(good.rest())
						.chunk(good.finish().replace("stop", "content_filter"))
						.chunk(Completion.DONE)
					: FakeAnswer.json(200, good.document().replace("\"stop\"", "\"content_filter\"")),
			Expected.primary(1, OutcomeKind.CONTENT_FILTERED, OutcomeKind.SUCCESS));

	private final String title;

	private final String behaviour;

	private final Fault fault;

	private final Expected expected;

	Scenario(String title, String behaviour, Fault fault, Expected expected) {
		this.title = title;
		this.behaviour = behaviour;
		this.fault = fault;
		this.expected = expected;
	}

	String title() {
		return this.title;
	}

	Expected expected() {
		return this.expected;
	}

	/**
	 * Its row in the table for users.
	 */
	String row() {
		String through = Entrance.all().stream().anyMatch((entrance) -> entrance.isBlindTo(this)) ? "all but one \u00b9"
				: "all";
		int requests = this.expected.requests();
		return "| %d | %s | %s | %s | %s | %s |".formatted(ordinal() + 1, this.title, this.behaviour,
				this.expected.by().described(), (requests > 0) ? requests : "few", through);
	}

	/**
	 * Answers a request.
	 * @param attempt the number of the request, from 1
	 * @param good what a healthy provider would answer
	 */
	FakeAnswer answer(int attempt, Completion good) {
		return this.fault.answer(attempt, good);
	}

	private static Fault always(java.util.function.Supplier<FakeAnswer> answer) {
		return (attempt, good) -> answer.get();
	}

	private static Fault once(java.util.function.Supplier<FakeAnswer> answer) {
		return (attempt, good) -> (attempt == 1) ? answer.get() : good.whole();
	}

	/**
	 * What the provider does.
	 */
	@FunctionalInterface
	interface Fault {

		FakeAnswer answer(int attempt, Completion good);

	}

}
