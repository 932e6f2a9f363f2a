// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.FallbackModel;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import io.github.llmbreaker.testing.RecordedRequest;
import io.github.llmbreaker.testing.Secrets;
import io.netty.handler.codec.http.cookie.DefaultCookie;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpCookie;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Nothing that could be a credential goes to another provider, whoever adds it to a
 * {@code WebClient}'s request.
 */
class ForeignCredentialsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final FallbackModel SMALL = new FallbackModel(null, "small");

	private static final FallbackModel ELSEWHERE = new FallbackModel("other", "big-2");

	private final FakeLlmServer server = FakeLlmServer.start();

	private final FakeLlmServer other = FakeLlmServer.start();

	private final FakeLlmServer third = FakeLlmServer.start();

	private final GuardedWebClient guarded = new GuardedWebClient();

	@BeforeEach
	void start() {
		this.guarded.provider("openai", this.server.url() + "/v1")
			.provider("other", "openai", this.other.url() + "/compatible/v1")
			.provider("third", "openai", this.third.url() + "/v1");
		this.other.always(FakeAnswer.json(200, Chat.ANSWER));
		this.third.always(FakeAnswer.json(200, Chat.ANSWER));
	}

	@AfterEach
	void stop() {
		this.guarded.close();
		this.server.close();
		this.other.close();
		this.third.close();
	}

	static List<Arguments> waysAndConnectors() {
		List<Arguments> arguments = new ArrayList<>();
		for (Way way : Way.values()) {
			for (Connector connector : Connector.values()) {
				arguments.add(Arguments.of(way, connector));
			}
		}
		return arguments;
	}

	@ParameterizedTest
	@MethodSource("waysAndConnectors")
	void secretsStayAtHomeAfterAFailure(Way way, Connector connector) {
		this.guarded.fallbacks(ELSEWHERE);
		this.server.always(FakeAnswer.json(503, Chat.OVERLOADED));
		assertThat(ask(way, connector)).isEqualTo(Chat.ANSWER);
		assertThat(this.server.requests().get(0).head()).contains(Secrets.MARK);
		assertArrivedClean(this.other.requests().get(0), "key-of-other");
	}

	@ParameterizedTest
	@MethodSource("waysAndConnectors")
	void secretsStayAtHomeWhenTheBreakerIsOpen(Way way, Connector connector) {
		this.guarded.fallbacks(ELSEWHERE);
		this.guarded.registry().gate(new LlmTarget("openai", "chat.completions", "big")).modelBreaker().forceOpen(null);
		assertThat(ask(way, connector)).isEqualTo(Chat.ANSWER);
		assertThat(this.server.requestCount()).isZero();
		assertArrivedClean(this.other.requests().get(0), "key-of-other");
	}

	@ParameterizedTest
	@MethodSource("waysAndConnectors")
	void siblingOfTheSameProviderGetsThemAll(Way way, Connector connector) {
		this.guarded.fallbacks(SMALL);
		this.server.enqueue(FakeAnswer.json(503, Chat.OVERLOADED), FakeAnswer.json(200, Chat.ANSWER));
		assertThat(ask(way, connector)).isEqualTo(Chat.ANSWER);
		RecordedRequest one = this.server.requests().get(0);
		RecordedRequest two = this.server.requests().get(1);
		assertThat(two.head().lines().map((line) -> line.replaceAll("(?i)^content-length: .*", "")))
			.containsExactlyInAnyOrderElementsOf(
					one.head().lines().map((line) -> line.replaceAll("(?i)^content-length: .*", "")).toList());
	}

	@ParameterizedTest
	@EnumSource
	void secretsStayAtHomeWhenTheFallbackIsRetriedAndLeft(Connector connector) {
		this.guarded.retries(1).fallbacks(ELSEWHERE, new FallbackModel("third", "big-3"));
		this.server.always(FakeAnswer.json(503, Chat.OVERLOADED));
		this.other.always(FakeAnswer.json(503, Chat.OVERLOADED));
		assertThat(ask(Way.INNER_FILTER, connector)).isEqualTo(Chat.ANSWER);
		assertThat(this.other.requests()).hasSize(2)
			.allSatisfy((request) -> assertArrivedClean(request, "key-of-other"));
		assertArrivedClean(this.third.requests().get(0), "key-of-third");
	}

	@ParameterizedTest
	@EnumSource
	void secretsStayAtHomeWithoutABody(Connector connector) {
		this.guarded.fallbacks(ELSEWHERE);
		this.server.always(FakeAnswer.json(503, Chat.OVERLOADED));
		connector.client(this.guarded, (request) -> Secrets.put(request.getHeaders()::set), false)
			.filter(Way.innerFilter())
			.build()
			.get()
			.uri(this.server.url() + "/v1/models/big?token=" + Secrets.MARK)
			.attribute(LlmTarget.ATTRIBUTE, LlmTarget.of("openai", "big"))
			.header("Authorization", Secrets.MARK)
			.cookie("session", Secrets.MARK)
			.retrieve()
			.toBodilessEntity()
			.block(PATIENCE);
		RecordedRequest request = this.other.requests().get(0);
		assertThat(request.head()).doesNotContain(Secrets.MARK).startsWith("GET ");
		assertThat(request.header("authorization")).isEqualTo("Bearer key-of-other");
	}

	@ParameterizedTest
	@ValueSource(strings = { "query", "host", "path", "user info" })
	void callWhoseUrlAFilterChangesIsNotSentToAnotherProvider(String part) {
		this.guarded.fallbacks(ELSEWHERE, SMALL);
		this.server.enqueue(FakeAnswer.json(503, Chat.OVERLOADED), FakeAnswer.json(200, Chat.ANSWER));
		assertThat(ask(this.guarded.builder().filter(changing(part)).build())).isEqualTo(Chat.ANSWER);
		assertThat(this.other.requestCount()).isZero();
		assertThat(this.third.requestCount()).isZero();
		assertThat(this.guarded.steps).containsExactly("big > other:big-2", "big-2 > openai:small");
		assertThat(this.guarded.kinds()).containsExactly(OutcomeKind.OVERLOADED, OutcomeKind.CLIENT_ERROR,
				OutcomeKind.SUCCESS);
		assertThat(this.guarded.breaker("other:big-2").snapshot().calls().neutral()).isOne();
	}

	@ParameterizedTest
	@EnumSource
	void errorOfTheCallerNamesTheFilterThatChangesTheUrl(Connector connector) {
		this.guarded.fallbacks(ELSEWHERE);
		this.server.always(FakeAnswer.json(503, Chat.OVERLOADED));
		WebClient client = connector.client(this.guarded, (request) -> {
		}, false).filter(changing("query")).build();
		assertThatExceptionOfType(WebClientResponseException.class).isThrownBy(() -> ask(client))
			.satisfies((ex) -> assertThat(ex.getSuppressed()).extracting(Throwable::getCause)
				.filteredOn((cause) -> cause != null)
				.singleElement()
				.satisfies((cause) -> assertThat(cause.getMessage())
					.contains("changes the URL of a call to provider 'other'")
					.doesNotContain(Secrets.MARK)));
		this.guarded.registry().gate(new LlmTarget("openai", "chat.completions", "big")).modelBreaker().forceOpen(null);
		assertThat(catchThrowable(() -> ask(client))).hasMessageContaining("changes the URL of a call");
		assertThat(this.other.requestCount()).isZero();
	}

	@Test
	void connectionThatFollowsARedirectTakesNothingElsewhere() {
		this.guarded.fallbacks(ELSEWHERE);
		this.server.always(FakeAnswer.json(503, Chat.OVERLOADED));
		this.other.always(FakeAnswer.status(307).header("Location", this.third.url() + "/steal"));
		WebClient client = this.guarded.builder()
			.clientConnector(new ReactorClientHttpConnector(
					HttpClient.create().followRedirect(true).headers((headers) -> Secrets.put(headers::set))))
			.build();
		assertThatExceptionOfType(WebClientResponseException.class).isThrownBy(() -> ask(client));
		assertThat(this.other.requestCount()).isOne();
		assertThat(this.third.requestCount()).isZero();
	}

	@Test
	void redirectOnTheSameHostIsFollowedCleanly() {
		this.guarded.fallbacks(ELSEWHERE);
		this.server.always(FakeAnswer.json(503, Chat.OVERLOADED));
		this.other.enqueue(FakeAnswer.status(307).header("Location", "/moved/v1/chat/completions"));
		WebClient client = this.guarded.builder()
			.clientConnector(new ReactorClientHttpConnector(
					HttpClient.create().followRedirect(true).headers((headers) -> Secrets.put(headers::set))))
			.build();
		assertThat(ask(client)).isEqualTo(Chat.ANSWER);
		assertThat(this.other.requests()).hasSize(2).allSatisfy((request) -> {
			assertThat(request.head()).doesNotContain(Secrets.MARK);
			assertThat(request.header("authorization")).isEqualTo("Bearer key-of-other");
		});
		assertThat(this.other.requests().get(1).path()).isEqualTo("/moved/v1/chat/completions");
	}

	@ParameterizedTest
	@EnumSource
	void spellingOfTheHostMakesNoDifference(Connector connector) {
		this.guarded.provider("spelt", "openai", "http://LOCALHOST:" + this.third.port() + "/compatible/v1")
			.fallbacks(new FallbackModel("spelt", "big-2"));
		this.server.always(FakeAnswer.json(503, Chat.OVERLOADED));
		assertThat(ask(Way.INNER_FILTER, connector)).isEqualTo(Chat.ANSWER);
		assertArrivedClean(this.third.requests().get(0), "key-of-spelt");
	}

	@Test
	void redirectThatTheFirstProviderAnswersIsTheClientsBusiness() {
		this.guarded.fallbacks(ELSEWHERE);
		this.server.always(FakeAnswer.status(307).header("Location", this.third.url() + "/moved"));
		WebClient client = this.guarded.builder()
			.clientConnector(new ReactorClientHttpConnector(HttpClient.create().followRedirect(true)))
			.build();
		assertThat(ask(client)).isEqualTo(Chat.ANSWER);
		assertThat(this.third.requests().get(0).path()).isEqualTo("/moved");
		assertThat(this.other.requestCount()).isZero();
	}

	private String ask(Way way, Connector connector) {
		WebClient.Builder builder = connector.client(this.guarded, way.connector, way == Way.CONNECTOR);
		way.builder.accept(builder);
		WebClient.RequestBodySpec request = builder.build()
			.post()
			.uri(URI.create(way.url(this.server.url() + Chat.PATH)))
			.contentType(MediaType.APPLICATION_JSON);
		Secrets.ALLOWED.forEach(request::header);
		way.request.accept(request);
		return request.bodyValue(Chat.with("big")).retrieve().bodyToMono(String.class).block(PATIENCE);
	}

	private String ask(WebClient client) {
		return client.post()
			.uri(this.server.url() + Chat.PATH)
			.header("X-Api-Key", Secrets.MARK)
			.bodyValue(Chat.with("big"))
			.retrieve()
			.bodyToMono(String.class)
			.block(PATIENCE);
	}

	/**
	 * A filter that changes the URL of what does not go to the first provider.
	 */
	private ExchangeFilterFunction changing(String part) {
		return (request, next) -> {
			if (request.url().getPort() == this.server.port()) {
				return next.exchange(request);
			}
			String url = request.url().toString();
			URI changed = URI.create(switch (part) {
				case "query" -> url + "?sig=" + Secrets.MARK;
				case "host" -> url.replace(":" + this.other.port(), ":" + this.third.port());
				case "path" -> url.replace("/compatible", "/" + Secrets.MARK);
				default -> url.replace("http://", "http://me:" + Secrets.MARK + "@");
			});
			return next.exchange(ClientRequest.from(request).url(changed).build());
		};
	}

	private static void assertArrivedClean(RecordedRequest request, String key) {
		Secrets.assertNoneIn(request, key);
		assertThat(request.path()).doesNotContain("?").endsWith("/v1/chat/completions");
		assertThat(request.header("cookie")).isNull();
		assertThat(request.header("content-type")).isEqualTo("application/json");
		assertThat(request.text()).contains("\"model\":\"big-").endsWith("}");
	}

	/**
	 * How requests are sent.
	 */
	enum Connector {

		REACTOR {
			@Override
			ClientHttpConnector create(boolean secrets) {
				HttpClient client = HttpClient.create();
				return new ReactorClientHttpConnector(secrets ? client.headers((headers) -> Secrets.put(headers::set))
					.headersWhen((headers) -> Mono.just(headers.copy().set("x-late", Secrets.MARK)))
					.cookie(new DefaultCookie("session", Secrets.MARK))
					.doOnRequest((request, connection) -> request.header("x-later", Secrets.MARK)) : client);
			}
		},

		JDK {
			@Override
			ClientHttpConnector create(boolean secrets) {
				return new JdkClientHttpConnector();
			}
		};

		abstract ClientHttpConnector create(boolean secrets);

		/**
		 * A client whose requests are shown to a hook before the filters' requests are
		 * written into them.
		 */
		WebClient.Builder client(GuardedWebClient guarded, Consumer<ClientHttpRequest> hook, boolean secrets) {
			ClientHttpConnector connector = create(secrets);
			return guarded.builder()
				.clientConnector((method, url, callback) -> connector.connect(method, url, (request) -> {
					hook.accept(request);
					return callback.apply(request);
				}));
		}

	}

	/**
	 * How secrets come to be in a request.
	 */
	enum Way {

		DEFAULT_HEADER((builder) -> Secrets.put((name, value) -> builder.defaultHeader(name, value)), (request) -> {
		}),

		DEFAULT_COOKIE((builder) -> Secrets.put((name, value) -> builder.defaultCookie(name, value)), (request) -> {
		}),

		REQUEST_HEADER((builder) -> {
		}, (request) -> Secrets.put((name, value) -> request.header(name, value))),

		COOKIE((builder) -> {
		}, (request) -> Secrets.put((name, value) -> request.cookie(name, value))),

		HOOK((builder) -> {
		}, (request) -> request.httpRequest(Way::spoil)),

		NATIVE_HOOK((builder) -> {
		}, (request) -> request.httpRequest((sent) -> {
			if (sent.getNativeRequest() instanceof HttpClientRequest netty) {
				Secrets.put(netty::header);
				netty.addCookie(new DefaultCookie("session", Secrets.MARK));
			}
			else {
				spoil(sent);
			}
		})),

		OUTER_FILTER((builder) -> builder.filters((filters) -> filters.add(0, innerFilter())), (request) -> {
		}),

		INNER_FILTER((builder) -> builder.filter(innerFilter()), (request) -> {
		}),

		INNER_FILTER_WITH_A_HOOK_OF_ITS_OWN(
				(builder) -> builder.filter(
						(request, next) -> next.exchange(ClientRequest.from(request).httpRequest(Way::spoil).build())),
				(request) -> {
				}),

		INNER_FILTER_WITH_A_BODY_OF_ITS_OWN((builder) -> builder.filter((request, next) -> {
			BodyInserter<?, ClientHttpRequest> body = (sent, context) -> {
				Secrets.put(sent.getHeaders()::set);
				String model = (request.url().getPath().startsWith("/v1")) ? "big" : "big-2";
				return BodyInserters.fromValue(Chat.with(model)).insert(sent, context);
			};
			return next.exchange(ClientRequest.from(request).body(body).build());
		}), (request) -> {
		}),

		INNER_FILTER_AROUND_THE_BODY((builder) -> builder.filter((request, next) -> {
			BodyInserter<?, ClientHttpRequest> body = (sent, context) -> request.body()
				.insert(new SigningRequest(sent), context);
			return next.exchange(ClientRequest.from(request).body(body).build());
		}), (request) -> {
		}),

		CONNECTOR((builder) -> {
		}, (request) -> {
		}),

		QUERY((builder) -> {
		}, (request) -> {
		}),

		ENCODED_QUERY((builder) -> {
		}, (request) -> {
		}),

		USER_INFO((builder) -> {
		}, (request) -> request.header("x-it", Secrets.MARK));

		private final Consumer<WebClient.Builder> builder;

		private final Consumer<WebClient.RequestBodySpec> request;

		private final Consumer<ClientHttpRequest> connector = (sent) -> {
			if (name().equals("CONNECTOR")) {
				spoil(sent);
			}
		};

		Way(Consumer<WebClient.Builder> builder, Consumer<WebClient.RequestBodySpec> request) {
			this.builder = builder;
			this.request = request;
		}

		String url(String url) {
			return switch (this) {
				case QUERY -> url + "?token=" + Secrets.MARK + "&sig=" + Secrets.MARK + "&key=" + Secrets.MARK;
				case ENCODED_QUERY -> url + "?api%5Fkey=" + Secrets.MARK + "&%61ccess_token=" + Secrets.MARK + "&"
						+ Secrets.MARK + "&alt=sse%26key=" + Secrets.MARK + "&alt=sse;key=" + Secrets.MARK;
				case USER_INFO -> url.replace("http://", "http://user:" + Secrets.MARK + "@");
				default -> url;
			};
		}

		static ExchangeFilterFunction innerFilter() {
			return (request,
					next) -> next.exchange(ClientRequest.from(request)
						.headers((headers) -> Secrets.put(headers::set))
						.cookie("session", Secrets.MARK)
						.build());
		}

		private static void spoil(ClientHttpRequest sent) {
			Secrets.put(sent.getHeaders()::set);
			sent.getCookies().add("session", new HttpCookie("session", Secrets.MARK));
			sent.beforeCommit(() -> Mono.fromRunnable(() -> sent.getHeaders().set("x-late", Secrets.MARK)));
		}

	}

	/**
	 * Signs what is written, as late as it can.
	 */
	private static final class SigningRequest extends ClientHttpRequestDecorator {

		SigningRequest(ClientHttpRequest delegate) {
			super(delegate);
			delegate.beforeCommit(() -> Mono.fromRunnable(() -> getHeaders().set("x-late", Secrets.MARK)));
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
			Secrets.put(getHeaders()::set);
			return super.writeWith(body);
		}

	}

}
