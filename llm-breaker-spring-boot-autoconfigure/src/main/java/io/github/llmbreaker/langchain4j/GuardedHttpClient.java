// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Supplier;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.call.BlockingAnswer;
import io.github.llmbreaker.call.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of a model, those that are LLM calls behind the breakers of their
 * models.
 */
final class GuardedHttpClient implements HttpClient {

	/** What LangChain4j takes for the caller's mistake. */
	private static final Set<Integer> FINAL = Set.of(400, 401, 403, 404, 422);

	private final Supplier<@Nullable CallGuarding> guarding;

	private final Supplier<HttpClient> unguarded;

	private final CallTransport transport;

	GuardedHttpClient(Supplier<@Nullable CallGuarding> guarding, Supplier<HttpClient> unguarded,
			CallTransport transport) {
		this.guarding = guarding;
		this.unguarded = unguarded;
		this.transport = transport;
	}

	@Override
	public SuccessfulHttpResponse execute(HttpRequest request) {
		PlannedRequest planned = plan(request);
		if (planned == null) {
			return this.unguarded.get().execute(request);
		}
		try {
			return read(planned.send(this.transport, false), planned);
		}
		catch (UnretriedCallException | HttpException | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			RuntimeException failure = CallFailures.unanswered(ex);
			throw (ex instanceof LlmCallRejectedException || planned.replacesRetries())
					? new UnretriedCallException(failure) : failure;
		}
	}

	private static SuccessfulHttpResponse read(BlockingAnswer<ClientAnswer> answer, PlannedRequest planned)
			throws IOException {
		try {
			if (isSuccessful(answer.answer().status())) {
				return responseOf(answer, answer.body().readAllBytes());
			}
			HttpException failure = failureOf(answer);
			throw mayBeRetried(failure) && planned.replacesRetries()
					? new UnretriedCallException(planned.described(answer, failure)) : failure;
		}
		finally {
			answer.close();
		}
	}

	@Override
	public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
		PlannedRequest planned = plan(request);
		if (planned == null) {
			this.unguarded.get().execute(request, parser, listener);
			return;
		}
		Workers.execute(new StreamedCall(planned, this.transport, parser, listener));
	}

	/**
	 * Whether LangChain4j would make the call again. Of what it does not it tells more
	 * than we could; a model that is a bean tells what the outcome was.
	 */
	private static boolean mayBeRetried(HttpException failure) {
		return ModelCall.current() != null || !FINAL.contains(failure.statusCode());
	}

	static boolean isSuccessful(int status) {
		return status >= 200 && status < 300;
	}

	/**
	 * Returns what LangChain4j's clients throw for an answer that is an error: whatever
	 * can be read of its body, the status is known.
	 */
	static HttpException failureOf(BlockingAnswer<ClientAnswer> answer) {
		return new HttpException(answer.answer().status(), new String(answer.errorBody(), StandardCharsets.UTF_8));
	}

	static SuccessfulHttpResponse responseOf(BlockingAnswer<ClientAnswer> answer, byte @Nullable [] body) {
		return SuccessfulHttpResponse.builder()
			.statusCode(answer.answer().status())
			.headers(answer.answer().allHeaders())
			.body(body)
			.build();
	}

	private @Nullable PlannedRequest plan(HttpRequest request) {
		CallGuarding guard = this.guarding.get();
		URI url = url(request);
		if (guard == null || url == null) {
			return null;
		}
		PlannedRequest planned = PlannedRequest.of(guard, request, url);
		ModelCall model = ModelCall.current();
		if (planned != null && model != null) {
			model.makes(planned);
		}
		return planned;
	}

	/** What is no URL is the client's to complain about. */
	private static @Nullable URI url(HttpRequest request) {
		try {
			return URI.create(request.url());
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
