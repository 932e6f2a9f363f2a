// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.thrown;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.MalformedURLException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.provider.RecordedCallRunner;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.handler.timeout.WriteTimeoutException;
import net.bytebuddy.ByteBuddy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.netty.http.client.PrematureCloseException;
import tools.jackson.core.exc.StreamReadException;

import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.reactive.function.client.WebClientRequestException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TransportFailures}.
 */
class TransportFailuresTests {

	static Stream<Arguments> failures() {
		return Stream.of(failure(new ConnectException("Connection refused"), OutcomeKind.CONNECT_ERROR),
				failure(new UnknownHostException("api.example"), OutcomeKind.CONNECT_ERROR),
				failure(new NoRouteToHostException("No route to host"), OutcomeKind.CONNECT_ERROR),
				failure(new SocketException("Network is unreachable"), OutcomeKind.CONNECT_ERROR),
				failure(new ConnectTimeoutException("connection timed out"), OutcomeKind.CONNECT_ERROR),
				failure(new HttpConnectTimeoutException("HTTP connect timed out"), OutcomeKind.CONNECT_ERROR),
				failure(new SocketTimeoutException("Connect timed out"), OutcomeKind.CONNECT_ERROR),
				failure(new SSLHandshakeException("PKIX path building failed"), OutcomeKind.CONNECT_ERROR),
				failure(new SSLException("Received fatal alert: handshake_failure"), OutcomeKind.CONNECT_ERROR),
				failure(new PrematureChannelClosureException("Connection closed before received headers"),
						OutcomeKind.CONNECT_ERROR),
				failure(new IOException("parsing HTTP/1.1 header, receiving [Content-Ty], parser state [HEADER]",
						new EOFException("EOF reached while reading")), OutcomeKind.CONNECT_ERROR),
				failure(new SSLException("Connection reset"), OutcomeKind.SERVER_ERROR),
				failure(new SocketTimeoutException("Read timed out"), OutcomeKind.TIMEOUT),
				failure(new HttpTimeoutException("request timed out"), OutcomeKind.TIMEOUT),
				failure(new InterruptedIOException("timeout"), OutcomeKind.TIMEOUT),
				failure(new TimeoutException("Did not observe any item"), OutcomeKind.TIMEOUT),
				failure(ReadTimeoutException.INSTANCE, OutcomeKind.TIMEOUT),
				failure(WriteTimeoutException.INSTANCE, OutcomeKind.TIMEOUT),
				failure(new SocketException("Connection reset"), OutcomeKind.SERVER_ERROR),
				failure(PrematureCloseException.TEST_EXCEPTION, OutcomeKind.SERVER_ERROR),
				failure(new ClosedChannelException(), OutcomeKind.SERVER_ERROR),
				failure(new EOFException(), OutcomeKind.SERVER_ERROR),
				failure(new IOException("HTTP/1.1 header parser received no bytes"), OutcomeKind.SERVER_ERROR),
				failure(new RecordedCallRunner.PoolAcquireTimeoutException(), OutcomeKind.CLIENT_ERROR),
				failure(new RejectedExecutionException("Max requests queued"), OutcomeKind.CLIENT_ERROR),
				failure(new MalformedURLException("no protocol"), OutcomeKind.CLIENT_ERROR),
				failure(new DecodingException("JSON decoding error"), OutcomeKind.CLIENT_ERROR),
				failure(new DataBufferLimitException("Exceeded limit"), OutcomeKind.CLIENT_ERROR),
				failure(new StreamReadException("Unexpected character"), OutcomeKind.CLIENT_ERROR),
				failure(new IllegalArgumentException("business"), OutcomeKind.CLIENT_ERROR),
				failure(new IllegalStateException(), OutcomeKind.CLIENT_ERROR),
				failure(new CancellationException(), OutcomeKind.CANCELLED),
				failure(new InterruptedException(), OutcomeKind.CANCELLED),
				failure(new InterruptedIOException("interrupted"), OutcomeKind.CANCELLED),
				failure(new IOException("Canceled"), OutcomeKind.CANCELLED));
	}

	private static Arguments failure(Throwable failure, OutcomeKind kind) {
		return Arguments.of(failure, kind);
	}

	@ParameterizedTest
	@MethodSource("failures")
	@DisplayName("a failure without an answer is judged, also when it is wrapped")
	void judgesFailureWithoutAnswer(Throwable failure, OutcomeKind kind) {
		assertThat(classify(failure, null).kind()).isEqualTo(kind);
		assertThat(classify(wrapped(failure), null).kind()).isEqualTo(kind);
		assertThat(classify(new ExecutionException(failure), null).kind()).isEqualTo(kind);
		assertThat(classify(new RuntimeException("Request failed", failure), null).kind()).isEqualTo(kind);
		if (failure instanceof IOException ex) {
			assertThat(classify(new ResourceAccessException("I/O error", ex), null).kind()).isEqualTo(kind);
			assertThat(classify(new UncheckedIOException(ex), null).kind()).isEqualTo(kind);
		}
	}

	private static Throwable wrapped(Throwable failure) {
		return new WebClientRequestException(failure, HttpMethod.POST, java.net.URI.create("https://api.example/v1"),
				new HttpHeaders());
	}

	@Test
	@DisplayName("a failure in the middle of an answer is a cut stream or a timeout")
	void judgesFailureInTheMiddle() {
		assertThat(classify(new SocketException("Connection reset"), 200).kind()).isEqualTo(OutcomeKind.STREAM_ERROR);
		assertThat(classify(new SSLException("Connection reset"), 200).kind()).isEqualTo(OutcomeKind.STREAM_ERROR);
		assertThat(classify(PrematureCloseException.TEST_EXCEPTION, 200).kind()).isEqualTo(OutcomeKind.STREAM_ERROR);
		assertThat(classify(new SocketTimeoutException("Read timed out"), 200).kind()).isEqualTo(OutcomeKind.TIMEOUT);
		assertThat(classify(ReadTimeoutException.INSTANCE, 200))
			.isEqualTo(new CallOutcome(OutcomeKind.TIMEOUT, OutcomeScope.MODEL, true, null, 200));
	}

	@Test
	void connectionsConcernTheProviderAndTheRestTheModel() {
		assertThat(classify(new ConnectException(), null).scope()).isEqualTo(OutcomeScope.PROVIDER);
		assertThat(classify(new SocketException("Connection reset"), null).scope()).isEqualTo(OutcomeScope.MODEL);
		assertThat(classify(new TimeoutException(), null).scope()).isEqualTo(OutcomeScope.MODEL);
		assertThat(classify(new IllegalStateException(), null).scope()).isEqualTo(OutcomeScope.NONE);
	}

	@Test
	void whenDecodingFailsBecauseOfTheNetworkThenTheNetworkDecides() {
		IOException reset = new SocketException("Connection reset");
		HttpMessageNotReadableException failure = new HttpMessageNotReadableException("I/O error", reset,
				new org.springframework.mock.http.MockHttpInputMessage(new byte[0]));
		assertThat(classify(failure, 200).kind()).isEqualTo(OutcomeKind.STREAM_ERROR);
		assertThat(classify(new DecodingException("x", new IOException("cut")), 200).kind())
			.isEqualTo(OutcomeKind.STREAM_ERROR);
		assertThat(classify(new DecodingException("x", new StreamReadException("x")), 200).kind())
			.isEqualTo(OutcomeKind.CLIENT_ERROR);
	}

	@Test
	void answerThatIsNoHttpForApachesClientCounts() throws Exception {
		Throwable failure = named("org.apache.hc.core5.http.HttpException", "Invalid response: HTTP/1.1 99", null);
		assertThat(classify(wrapped(failure), null).kind()).isEqualTo(OutcomeKind.SERVER_ERROR);
	}

	@Test
	void answerThatIsNoHttpForJettysClientCounts() throws Exception {
		assertThat(classify(wrapped(ofJetty("400: No Status")), null).kind()).isEqualTo(OutcomeKind.SERVER_ERROR);
		assertThat(classify(wrapped(ofJetty("200: Early EOF")), null).kind()).isEqualTo(OutcomeKind.CONNECT_ERROR);
	}

	private static Throwable ofJetty(String reason) throws Exception {
		return named("org.eclipse.jetty.client.HttpResponseException", "HTTP protocol violation: bad response",
				new IllegalStateException(reason));
	}

	/** The client is not on the class path. */
	private static Throwable named(String name, String message, @Nullable Throwable cause) throws Exception {
		return new ByteBuddy().subclass(Exception.class)
			.name(name)
			.make()
			.load(TransportFailuresTests.class.getClassLoader())
			.getLoaded()
			.getConstructor(String.class, Throwable.class)
			.newInstance(message, cause);
	}

	@Test
	void connectionThatBreaksUnderApachesAsynchronousClientIsNoCancel() {
		InterruptedIOException failure = new InterruptedIOException();
		failure.setStackTrace(new StackTraceElement[] { new StackTraceElement(
				"org.apache.hc.client5.http.impl.async.HttpAsyncMainClientExec$1", "cancel", null, -1) });
		assertThat(classify(failure, 200).kind()).isEqualTo(OutcomeKind.STREAM_ERROR);
		assertThat(classify(new InterruptedIOException(), 200).kind()).isEqualTo(OutcomeKind.CANCELLED);
	}

	@Test
	void whenCausesFormACircleThenItEnds() {
		IllegalStateException first = new IllegalStateException();
		IllegalStateException second = new IllegalStateException(first);
		first.initCause(second);
		assertThat(classify(first, null).kind()).isEqualTo(OutcomeKind.CLIENT_ERROR);
	}

	private static CallOutcome classify(Throwable failure, @Nullable Integer status) {
		return TransportFailures.classify(failure, status);
	}

}
