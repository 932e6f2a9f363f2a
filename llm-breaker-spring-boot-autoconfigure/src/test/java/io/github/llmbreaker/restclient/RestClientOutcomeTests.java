// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.FallbackModel;
import io.github.llmbreaker.breaker.VirtualTime;
import io.github.llmbreaker.call.HoldRule;
import io.github.llmbreaker.provider.ThrowingDialect;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for what the calls of a guarded {@code RestClient} end with, and for what becomes
 * of them then.
 */
@Timeout(20)
class RestClientOutcomeTests {

	private final FakeLlmServer server = FakeLlmServer.start();

	private final GuardedRestClient guarded = new GuardedRestClient(this.server.url());

	@AfterEach
	void close() {
		this.server.close();
	}

	static Stream<String> factories() {
		return RequestFactories.names();
	}

	@ParameterizedTest
	@MethodSource("factories")
	void goodAnswerThatNobodyReadsClosesAHalfOpenBreaker(String factory) {
		VirtualTime time = new VirtualTime();
		this.guarded.ticker(time);
		this.server.enqueue(FakeAnswer.json(500, GuardedRestClient.OVERLOADED),
				FakeAnswer.json(500, GuardedRestClient.OVERLOADED), FakeAnswer.json(200, GuardedRestClient.ANSWER));
		for (int i = 0; i < 2; i++) {
			assertThatException().isThrownBy(() -> post(factory).retrieve().toBodilessEntity());
		}
		assertThat(this.guarded.breaker("mine:m").state()).isEqualTo(BreakerState.OPEN);
		time.advance(Duration.ofMinutes(1));
		post(factory).retrieve().toBodilessEntity();
		assertThat(this.guarded.breaker("mine:m").state()).isEqualTo(BreakerState.CLOSED);
	}

	/** Many times, as it depended on when the client noticed that it had a reader. */
	@ParameterizedTest
	@MethodSource("factories")
	void streamThatNobodyReadsGivesItsConnectionBack(String factory) {
		this.server.always(FakeAnswer.chunked(200, "text/event-stream").chunk(GuardedRestClient.DELTA).stall());
		for (int i = 0; i < 50; i++) {
			post(factory).retrieve().toBodilessEntity();
			this.server.awaitDisconnect();
		}
	}

	@ParameterizedTest
	@MethodSource("factories")
	void answersWithoutABodyAreSuccesses(String factory) {
		this.server.enqueue(FakeAnswer.status(200).header("Content-Type", "application/json"),
				FakeAnswer.status(204).header("Content-Type", "text/event-stream"));
		RestClient client = this.guarded.client(factory);
		client.head().uri(url()).retrieve().toBodilessEntity();
		post(factory).retrieve().body(String.class);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS, OutcomeKind.SUCCESS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 099 X\r\nContent-Length: 0\r\n\r\n",
			"HTTP/1.1 1234 X\r\nContent-Length: 0\r\n\r\n", "garbage\r\n\r\n" })
	void statusThatIsNoneCounts(String head) {
		this.server.always(FakeAnswer.withoutHead().raw(head).cut());
		// the only one that asks for nothing but a number
		assertThatException().isThrownBy(() -> post("simple").retrieve().toBodilessEntity());
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SERVER_ERROR);
		assertThat(this.guarded.outcomes).allMatch(CallOutcome::countsAsFailure);
	}

	@ParameterizedTest
	@MethodSource("factories")
	void redirectOfAReadSaysNothing(String factory) {
		this.server.always(FakeAnswer.status(304));
		this.guarded.client(factory).get().uri(url()).retrieve().toBodilessEntity();
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.CLIENT_ERROR);
		assertThat(this.guarded.outcomes).noneMatch(CallOutcome::countsAsFailure);
	}

	@Test
	void redirectedPostIsAFailureAndTheCallerGetsTheAnswer() {
		this.server.always(FakeAnswer.status(307).body("elsewhere"));
		assertThat(post("jdk")
			.<String>exchange((request, response) -> response.getStatusCode() + " " + text(response.getBody())))
			.isEqualTo("307 TEMPORARY_REDIRECT elsewhere");
		assertThat(this.guarded.outcomes).singleElement()
			.satisfies((outcome) -> assertThat(outcome.kind()).isEqualTo(OutcomeKind.CONNECT_ERROR))
			.satisfies((outcome) -> assertThat(outcome.countsAsFailure()).isTrue());
	}

	@Test
	void redirectedPostIsRetriedAndTheCallerGetsTheAnswerInTheEnd() {
		this.guarded.retries(1);
		this.server.enqueue(FakeAnswer.status(307).body("one"), FakeAnswer.status(307).body("two"));
		assertThat(post("jdk").<String>exchange((request, response) -> text(response.getBody()))).isEqualTo("one");
		assertThat(this.server.requestCount()).isEqualTo(2);
	}

	@ParameterizedTest
	@MethodSource("factories")
	void streamWithAFallbackArrivesAtItsFirstContent(String factory) {
		this.guarded.fallbacks(new FallbackModel(null, "spare"));
		this.server.enqueue(FakeAnswer.chunked(200, "text/event-stream")
			.chunk(GuardedRestClient.DELTA)
			.hold()
			.chunk(GuardedRestClient.STOP));
		String read = post(factory).exchange((request, response) -> {
			this.server.proceed();
			return text(response.getBody());
		});
		assertThat(read).isEqualTo(GuardedRestClient.DELTA + GuardedRestClient.STOP);
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@ParameterizedTest
	@MethodSource("factories")
	void longErrorIsWholeAlthoughOthersWereTried(String factory) {
		this.guarded.retries(2);
		byte[] first = new byte[300_000];
		Arrays.fill(first, (byte) '1');
		this.server.enqueue(FakeAnswer.status(500).body(first), FakeAnswer.status(500).body("2"),
				FakeAnswer.status(500).body("3"));
		byte[] read = post(factory).exchange((request, response) -> response.getBody().readAllBytes());
		assertThat(read).isEqualTo(first);
	}

	@ParameterizedTest
	@MethodSource("factories")
	void errorThatIsTooLongToKeepIsWholeToo(String factory) {
		this.guarded.retries(1);
		byte[] first = new byte[HoldRule.MAX_KEPT_ERROR_BYTES + 100_000];
		this.server.enqueue(FakeAnswer.status(500).body(first), FakeAnswer.status(500).body("2"));
		long read = post(factory).exchange((request, response) -> count(response.getBody()));
		assertThat(read).isEqualTo(first.length);
	}

	@Test
	void requestThatIsTooLongToKeepIsSentOnce() {
		this.guarded.retries(1);
		this.server.always(FakeAnswer.json(503, GuardedRestClient.OVERLOADED));
		String padding = " ".repeat(HoldRule.MAX_REQUEST_BYTES);
		assertThatException().isThrownBy(() -> this.guarded.client("jdk")
			.post()
			.uri(url())
			.body(GuardedRestClient.REQUEST + padding)
			.retrieve()
			.body(String.class));
		assertThat(this.server.requestCount()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whateverIsThrownInsideEndsTheCallAndPasses(boolean retrying) {
		this.guarded.retries(retrying ? 1 : 0);
		for (Throwable thrown : List.of(new StackOverflowError(), new IllegalStateException(), new Exception(),
				new LinkageError())) {
			RestClient client = this.guarded.builder(RequestFactories.create("jdk"))
				.requestInterceptor((request, body, execution) -> sneaky(thrown))
				.build();
			assertThatThrownBy(
					() -> client.post().uri(url()).body(GuardedRestClient.REQUEST).retrieve().toBodilessEntity())
				.isSameAs(thrown);
		}
		assertThat(this.guarded.outcomes).hasSize(4).noneMatch(CallOutcome::countsAsFailure);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void missingAnswerEndsTheCall(boolean retrying) throws IOException {
		this.guarded.retries(retrying ? 1 : 0);
		MockClientHttpRequest request = new MockClientHttpRequest(HttpMethod.POST, url());
		assertThat(this.guarded.interceptor()
			.intercept(request, GuardedRestClient.REQUEST.getBytes(StandardCharsets.UTF_8), (sent, body) -> null))
			.isNull();
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.CLIENT_ERROR);
	}

	@Test
	void closingNeverFails() {
		ClientHttpRequestFactory factory = (url, method) -> {
			MockClientHttpRequest request = new MockClientHttpRequest(method, url);
			request.setResponse(new MockClientHttpResponse(GuardedRestClient.ANSWER.getBytes(StandardCharsets.UTF_8),
					HttpStatus.OK) {

				@Override
				public void close() {
					throw new IllegalStateException("cannot close");
				}

			});
			return request;
		};
		RestClient client = this.guarded.builder(factory).build();
		client.post().uri(url()).body(GuardedRestClient.REQUEST).retrieve().toBodilessEntity();
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.SUCCESS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "operation", "observe", "chunk", "content", "stream", "settled", "outcome", "none" })
	void brokenDialectDoesNotBreakAGoodAnswer(String broken) {
		this.server.always(FakeAnswer.json(200, GuardedRestClient.ANSWER));
		for (int retries = 0; retries < 2; retries++) {
			assertThat(askBroken(broken, retries)).isEqualTo(GuardedRestClient.ANSWER);
		}
		assertThat(this.guarded.outcomes).noneMatch(CallOutcome::countsAsFailure);
	}

	@ParameterizedTest
	@ValueSource(strings = { "operation", "classify", "none" })
	void brokenDialectDoesNotBreakABadAnswer(String broken) {
		this.server.always(FakeAnswer.json(503, GuardedRestClient.OVERLOADED));
		for (int retries = 0; retries < 2; retries++) {
			assertThat(askBroken(broken, retries)).isEqualTo(GuardedRestClient.OVERLOADED);
		}
	}

	private String askBroken(String broken, int retries) {
		GuardedRestClient asking = new GuardedRestClient(this.server.url()).retries(retries)
			.dialect(new ThrowingDialect(broken))
			.customizer((target, outcome) -> {
				throw new IllegalStateException("customizer");
			});
		RestClient client = asking.client("jdk");
		String answer = client.post()
			.uri(this.server.url() + "/chat")
			.attribute(LlmTarget.ATTRIBUTE, LlmTarget.of("throwing", "m"))
			.body("{}")
			.exchange((request, response) -> text(response.getBody()));
		this.guarded.outcomes.addAll(asking.outcomes);
		assertThat(asking.outcomes).hasSize(broken.equals("operation") ? 0 : 1);
		return answer;
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1 })
	void statusThatCannotBeReadFailsTheCallWhenTheCallerAsksForIt(int retries) {
		this.server.always(FakeAnswer.json(200, GuardedRestClient.ANSWER));
		RestClient client = answering(this.guarded.retries(retries), (answer) -> new ChangedResponse(answer) {

			@Override
			public HttpStatusCode getStatusCode() throws IOException {
				throw new SocketException("lost");
			}

		});
		assertThat(client.post()
			.uri(url())
			.body(GuardedRestClient.REQUEST)
			.<String>exchange((request, response) -> failure(response::getStatusCode))).contains("lost");
		assertThat(this.guarded.kinds()).hasSize(1 + retries).containsOnly(OutcomeKind.SERVER_ERROR);
		assertThat(this.server.requestCount()).isEqualTo(1 + retries);
	}

	@ParameterizedTest
	@MethodSource("factories")
	void answerThatBreaksWhileItIsHeldEndsForTheCallerAsItCame(String factory) {
		this.server.always(FakeAnswer.chunked(200, "application/json").chunk("{\"choices\":[").cut());
		this.guarded.retries(1);
		String seen = post(factory).exchange((request, response) -> {
			InputStream body = response.getBody();
			return new String(body.readNBytes(12), StandardCharsets.UTF_8) + failure(body::readAllBytes);
		});
		assertThat(seen).startsWith("{\"choices\":[").contains("Exception");
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.STREAM_ERROR, OutcomeKind.STREAM_ERROR);
	}

	@Test
	void answerThatBreaksWhileItIsHeldIsRepeated() {
		this.server.enqueue(FakeAnswer.chunked(200, "application/json").chunk("{\"choices\":[").cut(),
				FakeAnswer.json(200, GuardedRestClient.ANSWER));
		this.guarded.retries(1);
		assertThat(post("jdk").retrieve().body(String.class)).isEqualTo(GuardedRestClient.ANSWER);
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 404 })
	void answerWithoutABodyStreamHasAnEmptyBody(int status) {
		this.server.always(FakeAnswer.json(status, GuardedRestClient.ANSWER));
		RestClient client = answering(this.guarded, (answer) -> new ChangedResponse(answer) {

			@Override
			public InputStream getBody() {
				return null;
			}

		});
		assertThat(client.post()
			.uri(url())
			.body(GuardedRestClient.REQUEST)
			.retrieve()
			.onStatus(HttpStatusCode::isError, (request, response) -> response.getStatusText())
			.toEntity(String.class)
			.getBody()).isNull();
		assertThat(this.guarded.outcomes).hasSize(1);
	}

	private static RestClient answering(GuardedRestClient guarded, UnaryOperator<ClientHttpResponse> change) {
		return guarded.builder(RequestFactories.create("jdk"))
			.requestInterceptor((request, body, execution) -> change.apply(execution.execute(request, body)))
			.build();
	}

	private static String failure(Callable<?> call) {
		try {
			return "no failure but " + call.call();
		}
		catch (Exception ex) {
			return ex.toString();
		}
	}

	@Test
	void whenProviderIsNamedWronglyThenSaysSo() {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> this.guarded.client("jdk")
			.post()
			.uri(url())
			.attribute(LlmTarget.ATTRIBUTE, "mine:m")
			.retrieve()
			.toBodilessEntity());
	}

	private RestClient.RequestBodySpec post(String factory) {
		return this.guarded.client(factory).post().uri(url()).body(GuardedRestClient.REQUEST);
	}

	private URI url() {
		return URI.create(this.server.url() + GuardedRestClient.PATH);
	}

	private static String text(InputStream body) throws IOException {
		return new String(body.readAllBytes(), StandardCharsets.UTF_8);
	}

	private static long count(InputStream body) throws IOException {
		return body.transferTo(OutputStream.nullOutputStream());
	}

	@SuppressWarnings("unchecked")
	private static <T, E extends Throwable> T sneaky(Throwable thrown) throws E {
		throw (E) thrown;
	}

	/**
	 * An answer as an interceptor of the application hands it on.
	 */
	private static class ChangedResponse implements ClientHttpResponse {

		private final ClientHttpResponse answer;

		ChangedResponse(ClientHttpResponse answer) {
			this.answer = answer;
		}

		@Override
		public HttpStatusCode getStatusCode() throws IOException {
			return this.answer.getStatusCode();
		}

		@Override
		public String getStatusText() throws IOException {
			return this.answer.getStatusText();
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.answer.getHeaders();
		}

		@Override
		public InputStream getBody() throws IOException {
			return this.answer.getBody();
		}

		@Override
		public void close() {
			this.answer.close();
		}

	}

}
