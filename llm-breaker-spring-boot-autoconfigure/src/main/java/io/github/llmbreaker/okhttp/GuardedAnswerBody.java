// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.okhttp;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

import io.github.llmbreaker.call.BlockingAnswer;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as the caller gets it.
 */
final class GuardedAnswerBody extends ResponseBody {

	private final ResponseBody body;

	private final BufferedSource source;

	private GuardedAnswerBody(ResponseBody body, BlockingAnswer<Response> answer) {
		this.body = body;
		this.source = Okio.buffer(Okio.source(new AnswerStream(answer)));
	}

	/**
	 * Returns what the caller gets.
	 */
	static Response answer(Interceptor.Chain chain, @Nullable BlockingAnswer<Response> answer) {
		BlockingAnswer<Response> given = Objects.requireNonNull(answer);
		Response response = given.answer();
		Response.Builder builder = response.newBuilder();
		Request request = chain.request();
		if (!response.request().url().equals(request.url()) && response.priorResponse() == null) {
			// what was sent to another provider holds its key
			builder.networkResponse(null);
		}
		if (response.priorResponse() == null) {
			builder.request(request);
		}
		if (given.isGuarded() || response.request().tag(OwnCall.class) != null) {
			builder.body(new GuardedAnswerBody(Objects.requireNonNull(response.body()), given));
		}
		return builder.build();
	}

	@Override
	public @Nullable MediaType contentType() {
		return this.body.contentType();
	}

	@Override
	public long contentLength() {
		return this.body.contentLength();
	}

	@Override
	public BufferedSource source() {
		return this.source;
	}

	/**
	 * Opened when it is read, so that one that nobody reads is known as such.
	 */
	private static final class AnswerStream extends InputStream {

		private final BlockingAnswer<Response> answer;

		AnswerStream(BlockingAnswer<Response> answer) {
			this.answer = answer;
		}

		@Override
		public int read() throws IOException {
			return this.answer.body().read();
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			return this.answer.body().read(bytes, offset, length);
		}

		@Override
		public void close() {
			this.answer.close();
		}

	}

}
