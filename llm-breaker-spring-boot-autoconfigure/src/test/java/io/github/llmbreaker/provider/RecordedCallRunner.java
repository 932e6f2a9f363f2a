// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CancellationException;

import javax.net.ssl.SSLHandshakeException;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import io.github.llmbreaker.provider.request.RequestModels;
import io.github.llmbreaker.provider.thrown.TransportFailures;
import org.jspecify.annotations.Nullable;

/**
 * Does with a recorded call what a client does with a real one.
 */
public final class RecordedCallRunner {

	private RecordedCallRunner() {
	}

	/** What was found out. */
	record Result(@Nullable String provider, @Nullable String endpoint, @Nullable String model,
			@Nullable CallOutcome outcome) {
	}

	static Result run(RecordedCall call, int chunkSize) {
		LlmRoute route = route(call);
		if (route == null) {
			return new Result(null, null, null, null);
		}
		String model = model(call, route.operation());
		CallOutcome outcome = outcome(call, route, model, chunkSize);
		return new Result(route.provider().id(), route.operation().endpoint(), model, outcome);
	}

	private static @Nullable LlmRoute route(RecordedCall call) {
		LlmProvider given = call.configured();
		List<LlmProvider> configured = (given != null) ? List.of(given) : List.of();
		if (call.provider().equals("openai-compatible")) {
			URI base = URI.create(call.url().getScheme() + "://" + call.url().getRawAuthority());
			configured = List.of(new LlmProvider("openai-compatible", openAiCompatible(), List.of(base), null));
		}
		return new LlmProviders(BuiltInDialects.all(), configured).route(call.url());
	}

	private static @Nullable String model(RecordedCall call, LlmOperation operation) {
		if (!operation.modelInBody()) {
			return operation.model();
		}
		String type = call.requestType();
		ByteBuffer body = ByteBuffer.wrap(call.requestBody());
		return (type != null && type.startsWith("multipart/")) ? RequestModels.scanMultipart(body, type)
				: RequestModels.scan(body);
	}

	private static CallOutcome outcome(RecordedCall call, LlmRoute route, @Nullable String model, int chunkSize) {
		String fault = call.fault();
		Exception failure = (fault != null) ? failure(fault) : null;
		if (!call.isAnswered()) {
			return TransportFailures.classify((failure != null) ? failure : new IOException(), null);
		}
		LlmDialect dialect = route.provider().dialect();
		AnswerHead head = new AnswerHead(route.operation().endpoint(), model, call.status(), call.headers(),
				InstantSource.fixed(call.now()));
		if (call.status() >= 300) {
			return dialect.classify(new ErrorAnswer(head, call.body()));
		}
		BodyObserver observer = dialect.observe(head);
		feed(observer, call.body(), chunkSize);
		return (failure == null || observer.isSettled()) ? observer.outcome()
				: TransportFailures.classify(failure, call.status());
	}

	static void feed(BodyObserver observer, byte[] body, int chunkSize) {
		for (int i = 0; i < body.length; i += chunkSize) {
			observer.onChunk(ByteBuffer.wrap(body, i, Math.min(chunkSize, body.length - i)));
		}
	}

	private static Exception failure(String fault) {
		return switch (fault) {
			case "connect_refused" -> new ConnectException("Connection refused");
			case "dns_failure" -> new UnknownHostException("api.example");
			case "connect_timeout" -> new HttpConnectTimeoutException("HTTP connect timed out");
			case "tls_handshake" -> new SSLHandshakeException("PKIX path building failed");
			case "read_timeout", "read_timeout_mid_body" -> new SocketTimeoutException("Read timed out");
			case "reset_before_headers", "reset_mid_body" -> new SocketException("Connection reset");
			case "pool_acquire_timeout" -> new PoolAcquireTimeoutException();
			case "client_cancelled" -> new CancellationException();
			default -> throw new IllegalArgumentException(fault);
		};
	}

	/** Has the name of Reactor's. */
	public static final class PoolAcquireTimeoutException extends java.util.concurrent.TimeoutException {

	}

	private static LlmDialect openAiCompatible() {
		return BuiltInDialects.all()
			.stream()
			.filter((dialect) -> dialect.id().equals("openai-compatible"))
			.findFirst()
			.orElseThrow();
	}

}
