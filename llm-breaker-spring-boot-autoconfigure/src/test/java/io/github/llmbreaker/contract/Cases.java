// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.contract.Case.Shown;
import io.github.llmbreaker.contract.Seen.End;
import io.github.llmbreaker.testing.FakeAnswer;

import org.springframework.http.HttpMethod;

/**
 * The cases that every client has to pass.
 */
final class Cases {

	private static final Predicate<ContractClient> ITEMS = (client) -> client.sight() == Sight.ITEMS;

	private static final Predicate<ContractClient> LATER_RESULT = (client) -> client.sight() == Sight.LATER_RESULT;

	private static final Predicate<ContractClient> RESULT = (client) -> client.sight() == Sight.RESULT;

	private static final Predicate<ContractClient> NO_WIRE = (client) -> client.sight() != Sight.WIRE;

	private static final Predicate<ContractClient> BLOCKING = (client) -> client.is(Trait.BLOCKING);

	private static final Predicate<ContractClient> URL_CONNECTION = (client) -> client.is(Trait.URL_CONNECTION);

	private static final Predicate<ContractClient> REACTOR_NETTY = (client) -> client.is(Trait.REACTOR_NETTY);

	private static final Predicate<ContractClient> CALLBACK = (client) -> client.is(Trait.CALLBACK);

	private static final Predicate<ContractClient> NESTED = (client) -> client.is(Trait.NESTED);

	private static final Predicate<ContractClient> LANGCHAIN4J = (client) -> client.is(Trait.LANGCHAIN4J);

	private static final Predicate<ContractClient> FOLLOWING = (client) -> client.is(Trait.FOLLOWING);

	private static final Predicate<ContractClient> HEADLESS_ERRORS = (client) -> client.is(Trait.HEADLESS_ERRORS);

	private static final Shown INCOMPLETE = new Shown(End.OTHER, 0, null);

	private static final String IN_MEMORY = "its callers get whole documents only";

	private static final String DRAINED = "Spring's blocking clients close what was not read by reading it to its end";

	private static final String AHEAD = "the rest of the document may be there already";

	private static final String UNSEEN = "its guard does not see the bytes";

	private static final String UNLIMITED = "it runs on its caller's thread, which nobody can leave";

	private static final String ONE_ITEM = "there is one item only";

	private static final int A_LOT = 300_000;

	private static final int A_FEW = 200;

	private final Answers good;

	private final String document;

	private final String stream;

	Cases(Answers good) {
		this.good = good;
		this.document = good.document();
		this.stream = good.stream();
	}

	List<Case> completeAnswers() {
		return List.of(Case.document("complete document", this.good.goodDocument()).shows(End.ANSWER, this.document),
				Case.stream("complete stream", this.good.goodStream()).shows(End.ANSWER, this.stream),
				Case.document("complete document in pieces", this.good.goodInPieces(false))
					.reading(Reading.PIECES, 0)
					.shows(End.ANSWER, this.document),
				Case.stream("complete stream in pieces", this.good.goodInPieces(true))
					.reading(Reading.PIECES, 0)
					.shows(End.ANSWER, this.stream),
				Case.document("body read twice", this.good.goodDocument())
					.reading(Reading.TWICE, 0)
					.shows(End.ANSWER, this.document),
				Case.document("answer never read", this.good.goodDocument())
					.reading(Reading.HEAD, 0)
					.shows(End.ANSWER, ""),
				Case.stream("stream never read", this.good.goodStream()).reading(Reading.HEAD, 0).shows(End.ANSWER, ""),
				Case.document("answer whose caller wants no body", this.good.goodDocument())
					.reading(Reading.BODILESS, 0)
					.shows(End.ANSWER, ""),
				Case.stream("stream whose caller wants no body", this.good.goodStream())
					.reading(Reading.BODILESS, 0)
					.shows(End.ANSWER, ""));
	}

	List<Case> oddAnswers() {
		String error = "{\"error\":{\"message\":\"slow down\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}";
		String event = "data: " + error + "\n\n";
		String noAnswer = "{\"base_resp\":{\"status_code\":1008,\"status_msg\":\"insufficient balance\"}}";
		String garbage = "data: {\"choices\":[{\n\n";
		return List.of(
				Case.document("empty body", FakeAnswer.status(200).header("Content-Type", "application/json"))
					.shows(End.ANSWER, "")
					.is(OutcomeKind.STREAM_ERROR)
					.but(OutcomeKind.SUCCESS, LATER_RESULT.or(RESULT)),
				Case.document("empty body of any type", FakeAnswer.chunked(200, "application/octet-stream"))
					.shows(End.ANSWER, "")
					.is(OutcomeKind.STREAM_ERROR)
					.but(OutcomeKind.SUCCESS, LATER_RESULT.or(RESULT)),
				Case.document("no body and no type", FakeAnswer.status(200))
					.shows(End.ANSWER, "")
					.but(OutcomeKind.STREAM_ERROR, ITEMS),
				Case.document("HEAD", FakeAnswer.status(200), FakeAnswer.status(200))
					.asking((ask) -> ask.to(ask.provider(), "").by(HttpMethod.HEAD))
					.shows(End.ANSWER, "")
					.notFor(LANGCHAIN4J, "it has no such method")
					.notFor(NO_WIRE, "a method has a result"),
				Case.document("no content", FakeAnswer.status(204))
					.shows(End.ANSWER, "")
					.notFor(ITEMS, "a Flux without items is a stream that failed"),
				Case.document("redirect of a POST", FakeAnswer.status(307).header("Location", "/elsewhere"))
					.shows(End.ANSWER, "")
					.butShows(new Shown(End.STATUS, 307, ""), LANGCHAIN4J)
					.is(OutcomeKind.CONNECT_ERROR)
					.notFor(NO_WIRE, UNSEEN),
				Case.document("login page instead of an answer",
						FakeAnswer.status(302).header("Location", "https://login.example/").body("moved"))
					.shows(End.ANSWER, "moved")
					.butShows(new Shown(End.STATUS, 302, "moved"), LANGCHAIN4J)
					// nobody is there
					.butShows(new Shown(End.BROKEN, 0, null), FOLLOWING)
					.is(OutcomeKind.CONNECT_ERROR)
					.notFor(NO_WIRE, UNSEEN),
				Case.document("good status without an answer", FakeAnswer.json(200, noAnswer))
					.shows(End.ANSWER, noAnswer)
					.is(OutcomeKind.QUOTA_EXHAUSTED)
					.notFor(NO_WIRE, UNSEEN),
				Case.document("error inside a good document", FakeAnswer.json(200, error))
					.shows(End.ANSWER, error)
					.is(OutcomeKind.RATE_LIMITED)
					.notFor(NO_WIRE, UNSEEN),
				Case.stream("error event inside a stream", FakeAnswer.sse(Answers.ROLE, this.good.delta(), event))
					.shows(End.ANSWER, Answers.ROLE + this.good.delta() + event)
					.butShows(INCOMPLETE, LANGCHAIN4J)
					.is(OutcomeKind.RATE_LIMITED)
					.notFor(NO_WIRE, UNSEEN),
				Case.stream("broken event inside a stream",
						FakeAnswer.sse(Answers.ROLE, garbage, this.good.delta(), Answers.FINISH, Answers.DONE))
					.shows(End.ANSWER, Answers.ROLE + garbage + this.good.delta() + Answers.FINISH + Answers.DONE)
					.butShows(INCOMPLETE, LANGCHAIN4J)
					.is(OutcomeKind.STREAM_ERROR)
					.notFor(NO_WIRE, UNSEEN),
				Case.stream("broken event inside a stream that is left",
						FakeAnswer.sse(Answers.ROLE, this.good.delta(), garbage, this.good.delta()).stall())
					// at the broken event, as who decodes it does
					.reading(Reading.UNTIL, Answers.ROLE.length() + this.good.delta().length() + garbage.length() + 1)
					.shows(End.LEFT)
					.butShows(INCOMPLETE, LANGCHAIN4J)
					.is(OutcomeKind.STREAM_ERROR)
					.notFor(NO_WIRE, UNSEEN),
				Case.stream("stream without its last event", FakeAnswer.sse(Answers.ROLE, this.good.delta()))
					.shows(End.ANSWER, Answers.ROLE + this.good.delta())
					.butShows(INCOMPLETE, LANGCHAIN4J)
					.is(OutcomeKind.STREAM_ERROR)
					.notFor(NO_WIRE, UNSEEN));
	}

	List<Case> errors() {
		String error = "{\"error\":{\"message\":\"no\",\"type\":\"some_error\",\"code\":null}}";
		String much = "x".repeat(A_LOT);
		return List.of(
				Case.document("429", FakeAnswer.json(429, error).header("Retry-After", "7"))
					.shows(429, error)
					.is(OutcomeKind.RATE_LIMITED)
					.notFor(HEADLESS_ERRORS, "it does not tell how long to wait")
					.waits(Duration.ofSeconds(7)),
				Case.document("500", FakeAnswer.json(500, error)).shows(500, error).is(OutcomeKind.SERVER_ERROR),
				Case.document("503", FakeAnswer.json(503, error)).shows(503, error).is(OutcomeKind.OVERLOADED),
				Case.stream("503 instead of a stream", FakeAnswer.json(503, error))
					.shows(503, error)
					.is(OutcomeKind.OVERLOADED),
				Case.document("529", FakeAnswer.json(529, error)).shows(529, error).is(OutcomeKind.OVERLOADED),
				Case.document("400", FakeAnswer.json(400, error)).shows(400, error).is(OutcomeKind.CLIENT_ERROR),
				Case.document("401", FakeAnswer.json(401, error))
					.shows(401, error)
					// it keeps the body for itself
					.butShows(new Shown(End.STATUS, 401, ""), URL_CONNECTION)
					.is(OutcomeKind.AUTH),
				Case.document("error without a body", FakeAnswer.status(500))
					.shows(500, "")
					.is(OutcomeKind.SERVER_ERROR),
				Case.document("very long error", FakeAnswer.status(500).body(much))
					.shows(500, much)
					.is(OutcomeKind.SERVER_ERROR),
				Case.document("cut error", FakeAnswer.status(500).header("Content-Length", "99").raw("beginning").cut())
					.is(OutcomeKind.SERVER_ERROR)
					.shows(500)
					// it throws no IOException
					.butShows(new Shown(End.BROKEN, 0, null), REACTOR_NETTY.and(BLOCKING).or(HEADLESS_ERRORS)));
	}

	List<Case> brokenConnections() {
		String half = "HTTP/1.1 200 OK\r\nContent-Ty";
		return List.of(
				Case.document("cut document", this.good.documentUpTo(30).cut())
					.shows(End.BROKEN)
					.butShows(new Shown(End.ANSWER, 0, this.document.substring(0, 30)), URL_CONNECTION)
					.is(OutcomeKind.STREAM_ERROR)
					.but(OutcomeKind.SERVER_ERROR, HEADLESS_ERRORS),
				Case.document("cut document without a length",
						FakeAnswer.chunked(200, "application/json").chunk(this.document.substring(0, 30)).cut())
					.shows(End.BROKEN)
					.is(OutcomeKind.STREAM_ERROR)
					.but(OutcomeKind.SERVER_ERROR, HEADLESS_ERRORS),
				Case.stream("stream cut before content", FakeAnswer.sse(Answers.ROLE).cut())
					.shows(End.BROKEN)
					.is(OutcomeKind.STREAM_ERROR),
				Case.stream("stream cut in the middle", FakeAnswer.sse(Answers.ROLE, this.good.delta()).cut())
					.shows(End.BROKEN)
					.is(OutcomeKind.STREAM_ERROR),
				Case.document("cut inside the head", FakeAnswer.withoutHead().raw(half).cut())
					.shows(End.BROKEN)
					.is(OutcomeKind.CONNECT_ERROR)
					.notFor(URL_CONNECTION, "it takes half a head for a whole one"),
				Case.document("reset inside the head", FakeAnswer.withoutHead().raw(half).reset())
					.shows(End.BROKEN)
					// whether a client notices the head before the reset is its own
					// affair
					.is(OutcomeKind.CONNECT_ERROR, OutcomeKind.SERVER_ERROR, OutcomeKind.STREAM_ERROR),
				Case.document("closed before an answer", FakeAnswer.disconnect())
					.shows(End.BROKEN)
					.is(OutcomeKind.SERVER_ERROR),
				Case.document("reset before an answer", FakeAnswer.connectionReset())
					.shows(End.BROKEN)
					.is(OutcomeKind.SERVER_ERROR));
	}

	List<Case> callersWhoLeave() {
		int middle = Answers.ROLE.length() + 5;
		return List.of(
				Case.document("leaving before the head", FakeAnswer.silence())
					.policy("patient")
					.reading(Reading.NOTHING, 0)
					.shows(End.LEFT)
					.is(OutcomeKind.CANCELLED),
				Case.stream("leaving before the head of a stream", FakeAnswer.silence())
					.policy("patient")
					.reading(Reading.NOTHING, 0)
					.shows(End.LEFT)
					.notFor(LANGCHAIN4J, "there is nothing to leave it by before its first event")
					.is(OutcomeKind.CANCELLED),
				Case.stream("leaving a stream at the head", FakeAnswer.sse().stall())
					.reading(Reading.AT_HEAD, 0)
					.shows(End.LEFT, "")
					.is(OutcomeKind.CANCELLED)
					.notFor(BLOCKING, DRAINED),
				Case.document("leaving in the middle", this.good.documentUpTo(30).stall())
					.reading(Reading.UNTIL, 20)
					.shows(End.LEFT)
					.notFor(LANGCHAIN4J, IN_MEMORY)
					.is(OutcomeKind.CANCELLED)
					.notFor(BLOCKING, DRAINED),
				Case.document("leaving in the middle of what goes on", this.good.goodInPieces(false))
					.reading(Reading.UNTIL, 20)
					.shows(End.LEFT)
					.notFor(LANGCHAIN4J, IN_MEMORY)
					.is(OutcomeKind.CANCELLED)
					.notFor(BLOCKING.negate(), AHEAD),
				Case.stream("leaving a stream in the middle", FakeAnswer.sse(Answers.ROLE, this.good.delta()).stall())
					.reading(Reading.UNTIL, middle)
					.shows(End.LEFT)
					.is(OutcomeKind.CANCELLED),
				Case.document("leaving after the end", this.good.goodDocument())
					.reading(Reading.UNTIL, this.document.length())
					.shows(End.LEFT, this.document)
					.but(OutcomeKind.CANCELLED, ITEMS),
				Case.stream("leaving a stream after the end",
						FakeAnswer.sse(Answers.ROLE, this.good.delta(), this.good.delta(), Answers.FINISH,
								Answers.DONE))
					.reading(Reading.UNTIL, this.stream.length())
					.shows(End.LEFT, this.stream)
					.but(OutcomeKind.CANCELLED, ITEMS),
				Case.document("error of who reads", this.good.documentUpTo(30).stall())
					.notFor(BLOCKING, DRAINED)
					.notFor(LANGCHAIN4J, IN_MEMORY)
					.reading(Reading.UNTIL_ERROR, 20)
					.shows(End.ERROR)
					.is(OutcomeKind.CANCELLED)
					.but(OutcomeKind.CLIENT_ERROR, RESULT),
				Case.document("error of who reads what goes on", this.good.goodInPieces(false))
					.notFor(BLOCKING.negate(), AHEAD)
					.reading(Reading.UNTIL_ERROR, 20)
					.shows(End.ERROR)
					.notFor(LANGCHAIN4J, IN_MEMORY)
					.is(OutcomeKind.CANCELLED)
					.but(OutcomeKind.CLIENT_ERROR, RESULT),
				Case.stream("error of who reads a stream", FakeAnswer.sse(Answers.ROLE, this.good.delta()).stall())
					.reading(Reading.UNTIL_ERROR, middle)
					.shows(End.ERROR)
					.is(OutcomeKind.CANCELLED)
					.notFor(RESULT, "its client is not guarded and closes the stream by reading it to its end"));
	}

	List<Case> timeouts() {
		return List.of(timeout(Case.document("response-timeout", FakeAnswer.silence()), "response"),
				timeout(Case.stream("response-timeout of a stream", FakeAnswer.silence()), "response"),
				timeout(Case.document("response-timeout of a head that dribbles", dribble()), "response"),
				timeout(Case.stream("response-timeout of a stream's head that dribbles", dribble()), "response"),
				timeout(Case.document("total-timeout of a head that dribbles", dribble()), "total"),
				timeout(Case.stream("first-token-timeout", FakeAnswer.sse().stall()), "first-token")
					.notFor(LATER_RESULT, ONE_ITEM),
				timeout(Case.stream("first-token-timeout after a comment", FakeAnswer.sse(": wait\n\n").stall()),
						"first-token")
					.notFor(NO_WIRE, UNSEEN),
				timeout(Case.stream("idle-timeout", FakeAnswer.sse(Answers.ROLE, this.good.delta()).stall()), "idle")
					.notFor(LATER_RESULT, ONE_ITEM),
				timeout(Case.document("idle-timeout of a document", this.good.documentUpTo(30).stall()), "idle")
					.notFor(NO_WIRE, UNSEEN)
					.notFor(LANGCHAIN4J.and(HEADLESS_ERRORS), IN_MEMORY),
				timeout(Case.document("idle-timeout after the head of a document", this.good.documentUpTo(0).stall()),
						"idle")
					.notFor(NO_WIRE, UNSEEN)
					.notFor(LANGCHAIN4J.and(HEADLESS_ERRORS), IN_MEMORY),
				timeout(Case.document("total-timeout before the head", FakeAnswer.silence()), "total"),
				timeout(Case.document("total-timeout of a document", this.good.documentUpTo(30).stall()), "total"),
				timeout(Case.document("total-timeout of a document in pieces", this.good.documentUpTo(30).stall()),
						"total")
					.reading(Reading.PIECES, 0),
				timeout(Case.stream("total-timeout of a stream",
						FakeAnswer.sse(Answers.ROLE, this.good.delta()).stall()), "total"),
				timeout(Case.document("total-timeout of an error",
						FakeAnswer.status(503).header("Content-Length", "99").raw("beginning").stall()), "total-error")
					.butShows(new Shown(End.STATUS, 503, null), NO_WIRE.or(HEADLESS_ERRORS).negate())
					.but(OutcomeKind.OVERLOADED, NO_WIRE.or(HEADLESS_ERRORS).negate())
					.notFor(NESTED, "the limits of two guards end at once, one knows the status and one does not"));
	}

	/**
	 * A head that comes byte by byte, each in good time, and never ends.
	 */
	private static FakeAnswer dribble() {
		FakeAnswer answer = FakeAnswer.withoutHead().raw("HTTP/1.1 200 OK\r\nX-Slow: ");
		for (int i = 0; i < A_FEW; i++) {
			answer.raw("x").pause(Duration.ofMillis(5));
		}
		return answer.stall();
	}

	private static Case timeout(Case that, String limit) {
		return that.policy(limit).shows(End.TIMEOUT).is(OutcomeKind.TIMEOUT).notFor(RESULT, UNLIMITED);
	}

	/** The provider has said everything and keeps the connection open. */
	List<Case> settledStreams() {
		String finished = Answers.ROLE + this.good.delta() + Answers.FINISH;
		return List.of(
				Case.stream("idle-timeout after the last event",
						FakeAnswer.sse(Answers.ROLE, this.good.delta(), this.good.delta(), Answers.FINISH, Answers.DONE)
							.stall())
					.policy("settled-idle")
					.shows(End.ANSWER, this.stream)
					.notFor(NO_WIRE, UNSEEN),
				Case.stream("total-timeout after the last event",
						FakeAnswer.sse(Answers.ROLE, this.good.delta(), this.good.delta(), Answers.FINISH, Answers.DONE)
							.stall())
					.policy("settled-total")
					.shows(End.ANSWER, this.stream)
					.notFor(NO_WIRE, UNSEEN),
				Case.stream("idle-timeout after the reason to finish",
						FakeAnswer.sse(Answers.ROLE, this.good.delta(), Answers.FINISH).stall())
					.policy("settled-idle")
					.reading(Reading.PIECES, 0)
					.shows(End.ANSWER, finished)
					.notFor(NO_WIRE, UNSEEN),
				Case.stream("total-timeout after the reason to finish",
						FakeAnswer.sse(Answers.ROLE, this.good.delta(), Answers.FINISH).stall())
					.policy("settled-total")
					.reading(Reading.PIECES, 0)
					.shows(End.ANSWER, finished)
					.notFor(NO_WIRE, UNSEEN));
	}

	List<Case> bugsOfOthers() {
		String error = "{\"error\":{\"message\":\"no\"}}";
		return List.of(broken("observe"), broken("chunk"), broken("content"), broken("stream"), broken("settled"),
				broken("outcome"),
				Case.document("dialect that throws in classify", FakeAnswer.json(503, error))
					.provider("broken")
					.policy("throws-in-classify")
					.shows(503, error)
					.is(OutcomeKind.CLIENT_ERROR),
				Case.document("customizer that throws an exception", this.good.goodDocument())
					.policy("exception-in-customizer")
					.shows(End.ANSWER, this.document),
				Case.document("customizer that throws an error", FakeAnswer.json(503, error))
					.policy("error-in-customizer")
					.shows(503, error)
					.is(OutcomeKind.OVERLOADED),
				Case.document("error inside")
					.asking((ask) -> ask.with(ThrowingRequestFactory.ASSERTION_ERROR))
					.notFor(LANGCHAIN4J.and(HEADLESS_ERRORS.negate()), "nothing of the application's is inside")
					.shows(End.ERROR)
					.butShows(new Shown(End.BROKEN, 0, null), CALLBACK)
					.is(OutcomeKind.CLIENT_ERROR),
				Case.stream("error inside, instead of a stream")
					.asking((ask) -> ask.with(ThrowingRequestFactory.ASSERTION_ERROR))
					.notFor(LANGCHAIN4J.and(HEADLESS_ERRORS.negate()), "nothing of the application's is inside")
					.shows(End.ERROR)
					.butShows(new Shown(End.BROKEN, 0, null), CALLBACK)
					.is(OutcomeKind.CLIENT_ERROR),
				Case.document("linkage error inside")
					.asking((ask) -> ask.with(ThrowingRequestFactory.LINKAGE_ERROR))
					.notFor(LANGCHAIN4J.and(HEADLESS_ERRORS.negate()), "nothing of the application's is inside")
					.shows(End.ERROR)
					.butShows(new Shown(End.BROKEN, 0, null), CALLBACK)
					.is(OutcomeKind.CLIENT_ERROR));
	}

	private Case broken(String where) {
		return Case.document("dialect that throws in " + where, this.good.goodDocument())
			.provider("broken")
			.policy("throws-in-" + where)
			.shows(End.ANSWER, this.document);
	}

}
