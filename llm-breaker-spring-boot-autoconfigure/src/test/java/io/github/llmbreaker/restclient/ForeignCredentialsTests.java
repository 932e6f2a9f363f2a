// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.autoconfigure.LlmBreakerAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerRestClientAutoConfiguration;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.breaker.VirtualTime;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import io.github.llmbreaker.testing.RecordedRequest;
import io.github.llmbreaker.testing.Secrets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.client.HttpClient;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.ReactorClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.client.support.HttpRequestWrapper;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Nothing that could be a credential goes to another provider, whoever adds it to a
 * request of a {@code RestClient} or {@code RestTemplate}.
 */
class ForeignCredentialsTests {

	private static final String ANSWER = """
			{"id":"c1","object":"chat.completion","model":"m","choices":[{"index":0,\
			"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}]}""";

	private static final String REQUEST = "{\"model\":\"big\",\"messages\":[]}";

	private static final ClientHttpRequestInterceptor MUTATING = (request, body, execution) -> {
		Secrets.put(request.getHeaders()::set);
		return execution.execute(request, body);
	};

	private static final ClientHttpRequestInterceptor WRAPPING = (request, body, execution) -> execution
		.execute(new SpoiltRequest(request), body);

	private final FakeLlmServer server = FakeLlmServer.start();

	private final FakeLlmServer other = FakeLlmServer.start();

	private final FakeLlmServer third = FakeLlmServer.start();

	private final AtomicInteger inner = new AtomicInteger();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(HttpClientAutoConfiguration.class, ImperativeHttpClientAutoConfiguration.class,
						LlmBreakerAutoConfiguration.class, LlmBreakerRestClientAutoConfiguration.class))
		.withPropertyValues("llm-breaker.providers.mine.base-urls=" + this.server.url() + "/v1",
				"llm-breaker.providers.spare.base-urls=" + this.other.url() + "/api/v1",
				"llm-breaker.providers.spare.api-key=spare-key", "llm-breaker.providers.spare.headers.X-Team=blue",
				"llm-breaker.defaults.failure-threshold=100");

	@BeforeEach
	void answer() {
		this.server.always(FakeAnswer.json(503, "{}"));
		this.other.always(FakeAnswer.json(200, ANSWER));
		this.third.always(FakeAnswer.json(200, ANSWER));
	}

	@AfterEach
	void stop() {
		this.server.close();
		this.other.close();
		this.third.close();
	}

	static List<Arguments> waysAndFactories() {
		List<Arguments> arguments = new ArrayList<>();
		for (Way way : Way.values()) {
			for (Factory factory : Factory.values()) {
				arguments.add(Arguments.of(way, factory, "RestClient"));
				if (way.template) {
					arguments.add(Arguments.of(way, factory, "RestTemplate"));
				}
			}
		}
		return arguments;
	}

	@ParameterizedTest
	@MethodSource("waysAndFactories")
	void secretsStayAtHomeAfterAFailure(Way way, Factory factory, String client) {
		run("spare:big-2", (context) -> {
			assertThat(ask(handMade(context), way, factory, client)).isEqualTo(ANSWER);
			assertThat(this.server.requests().get(0).head()).contains(Secrets.MARK);
			assertArrivedClean();
			assertThat(this.inner).hasValue(1);
		});
	}

	@ParameterizedTest
	@MethodSource("waysAndFactories")
	void secretsStayAtHomeWhenTheBreakerIsOpen(Way way, Factory factory, String client) {
		run("spare:big-2", (context) -> {
			open(context);
			assertThat(ask(context.getBean(LlmBreakerClientHttpRequestInterceptor.class), way, factory, client))
				.isEqualTo(ANSWER);
			assertThat(this.server.requestCount()).isZero();
			assertArrivedClean();
			assertThat(this.inner).hasValue(0);
		});
	}

	@ParameterizedTest
	@MethodSource("waysAndFactories")
	void siblingOfTheSameProviderGetsThemAll(Way way, Factory factory, String client) {
		this.server.enqueue(FakeAnswer.json(503, "{}"), FakeAnswer.json(200, ANSWER));
		run("small", (context) -> {
			assertThat(ask(handMade(context), way, factory, client)).isEqualTo(ANSWER);
			assertThat(this.inner).hasValue(2);
			assertThat(lines(this.server.requests().get(1)))
				.containsExactlyInAnyOrderElementsOf(lines(this.server.requests().get(0)));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdk", "simple", "reactor" })
	void factoryOfBootSendsTheFallbackWithItsTimeouts(String factory) {
		this.other.always(FakeAnswer.silence());
		this.runner
			.withPropertyValues("llm-breaker.defaults.fallbacks=spare:big-2",
					"spring.http.clients.imperative.factory=" + factory, "spring.http.clients.read-timeout=300ms")
			.run((context) -> {
				assertThatExceptionOfType(RestClientException.class)
					.isThrownBy(() -> ask(context.getBean(LlmBreakerClientHttpRequestInterceptor.class),
							Way.INNER_INTERCEPTOR, Factory.JDK, "RestClient"));
				assertArrivedClean();
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdk", "simple", "reactor" })
	void keyOfTheOtherProviderFollowsNoRedirect(String factory) {
		this.other.always(FakeAnswer.status(307).header("Location", this.third.url() + "/steal"));
		this.runner
			.withPropertyValues("llm-breaker.defaults.fallbacks=spare:big-2",
					"spring.http.clients.imperative.factory=" + factory, "spring.http.clients.redirects=follow")
			.run((context) -> {
				for (var interceptor : List.of(handMade(context),
						context.getBean(LlmBreakerClientHttpRequestInterceptor.class))) {
					assertThatExceptionOfType(RestClientException.class)
						.isThrownBy(() -> ask(interceptor, Way.REQUEST_HEADER, Factory.JDK, "RestClient"));
				}
				assertThat(this.other.requestCount()).isEqualTo(2);
				assertThat(this.third.requestCount()).isZero();
			});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void headersOfTheHttpClientOfBootStayAtHome(boolean ownBuilder) {
		ApplicationContextRunner spoilt = ownBuilder
				? this.runner.withBean(ClientHttpRequestFactoryBuilder.class,
						() -> ClientHttpRequestFactoryBuilder.of(SpoiltFactory::new))
				: this.runner.withPropertyValues("spring.http.clients.imperative.factory=reactor")
					.withBean(ClientHttpRequestFactoryBuilderCustomizer.class, ReactorCustomizer::new);
		spoilt.withPropertyValues("llm-breaker.defaults.fallbacks=spare:big-2").run((context) -> {
			assertThat(context.getBeansOfType(ClientHttpRequestFactory.class)).hasSize(2);
			ask(context.getBean(LlmBreakerClientHttpRequestInterceptor.class),
					new Client(context.getBean(ClientHttpRequestFactory.class)), Way.REQUEST_HEADER, "RestClient");
			assertThat(this.server.requests().get(0).head()).contains("SECRET-x-late");
			assertArrivedClean();
		});
	}

	private void run(String fallbacks, ContextConsumer<AssertableApplicationContext> test) {
		this.runner.withPropertyValues("llm-breaker.defaults.fallbacks=" + fallbacks).run(test);
	}

	private static void open(AssertableApplicationContext context) {
		context.getBean(BreakerRegistry.class)
			.gate(new LlmTarget("mine", "chat.completions", "big"))
			.modelBreaker()
			.forceOpen(null);
	}

	private static LlmBreakerClientHttpRequestInterceptor handMade(AssertableApplicationContext context) {
		return new LlmBreakerClientHttpRequestInterceptor(context.getBean(LlmProviders.class),
				context.getBean(BreakerRegistry.class), new VirtualTime(), context.getBean(Ticker.class));
	}

	private String ask(LlmBreakerClientHttpRequestInterceptor guard, Way way, Factory factory, String client) {
		return ask(guard, new Client(factory.create(way == Way.HTTP_CLIENT)), way, client);
	}

	private String ask(LlmBreakerClientHttpRequestInterceptor guard, Client client, Way way, String kind) {
		List<ClientHttpRequestInterceptor> interceptors = new ArrayList<>();
		way.outer.accept(interceptors);
		interceptors.add(guard);
		interceptors.add((request, body, execution) -> {
			this.inner.incrementAndGet();
			return execution.execute(request, body);
		});
		way.inner.accept(interceptors);
		URI url = URI.create(way.url(this.server.url() + "/v1/chat/completions"));
		return kind.equals("RestClient") ? client.restClient(interceptors, way, url)
				: client.restTemplate(interceptors, way, url);
	}

	private void assertArrivedClean() {
		RecordedRequest request = this.other.takeRequest();
		Secrets.assertNoneIn(request, "spare-key");
		assertThat(request.path()).isEqualTo("/api/v1/chat/completions");
		assertThat(request.header("x-team")).isEqualTo("blue");
		assertThat(request.header("content-type")).isEqualTo("application/json");
		assertThat(request.text()).isEqualTo(REQUEST.replace("big", "big-2"));
	}

	private static List<String> lines(RecordedRequest request) {
		return request.head().lines().filter((line) -> !line.matches("(?i)content-length: .*")).toList();
	}

	/**
	 * A client of the application.
	 *
	 * @param factory how it makes requests
	 */
	private record Client(ClientHttpRequestFactory factory) {

		String restClient(List<ClientHttpRequestInterceptor> interceptors, Way way, URI url) {
			RestClient.Builder builder = RestClient.builder()
				.requestFactory(this.factory)
				.requestInterceptors((all) -> all.addAll(interceptors));
			if (way == Way.DEFAULT_HEADER) {
				Secrets.put((name, value) -> builder.defaultHeader(name, value));
			}
			if (way == Way.DEFAULT_COOKIE) {
				Secrets.put((name, value) -> builder.defaultCookie(name, value));
			}
			if (way == Way.INITIALIZER) {
				builder.requestInitializer((request) -> Secrets.put(request.getHeaders()::set));
			}
			RestClient.RequestBodySpec request = builder.build()
				.post()
				.uri(url)
				.contentType(MediaType.APPLICATION_JSON)
				.headers(Client::allowed);
			if (way == Way.REQUEST_HEADER) {
				Secrets.put((name, value) -> request.header(name, value));
			}
			if (way == Way.COOKIE) {
				Secrets.put((name, value) -> request.cookie(name, value));
			}
			if (way == Way.HOOK) {
				request.httpRequest((sent) -> Secrets.put(sent.getHeaders()::set));
			}
			return request.body(REQUEST).retrieve().body(String.class);
		}

		String restTemplate(List<ClientHttpRequestInterceptor> interceptors, Way way, URI url) {
			RestTemplate template = new RestTemplate(this.factory);
			template.setInterceptors(interceptors);
			if (way == Way.INITIALIZER) {
				template.getClientHttpRequestInitializers().add((sent) -> Secrets.put(sent.getHeaders()::set));
			}
			HttpHeaders headers = new HttpHeaders();
			headers.setContentType(MediaType.APPLICATION_JSON);
			allowed(headers);
			if (way == Way.REQUEST_HEADER) {
				Secrets.put(headers::set);
			}
			if (way == Way.COOKIE) {
				headers.set("Cookie", "session=" + Secrets.MARK);
			}
			return template.exchange(url, HttpMethod.POST, new HttpEntity<>(REQUEST, headers), String.class).getBody();
		}

		private static void allowed(HttpHeaders headers) {
			Secrets.ALLOWED.forEach(headers::set);
		}

	}

	/**
	 * How the application's clients make requests.
	 */
	enum Factory {

		JDK, SIMPLE, REACTOR;

		ClientHttpRequestFactory create(boolean secrets) {
			ClientHttpRequestFactory factory = switch (this) {
				case JDK -> new JdkClientHttpRequestFactory();
				case SIMPLE -> new SimpleClientHttpRequestFactory();
				case REACTOR -> new ReactorClientHttpRequestFactory(spoilt(HttpClient.create(), secrets));
			};
			return (secrets && this != REACTOR) ? new SpoiltFactory(factory) : factory;
		}

	}

	private static HttpClient spoilt(HttpClient client, boolean secrets) {
		return secrets ? client.headers((headers) -> Secrets.put(headers::set))
			.doOnRequest((request, connection) -> request.header("x-late", Secrets.of("x-late"))) : client;
	}

	/**
	 * How secrets come to be in a request.
	 */
	enum Way {

		DEFAULT_HEADER(false), DEFAULT_COOKIE(false), REQUEST_HEADER(true), COOKIE(true), HOOK(false),
		INITIALIZER(true), HTTP_CLIENT(true), QUERY(true), ENCODED_QUERY(true),

		USER_INFO(true, (outer) -> {
		}, (inner) -> inner.add(MUTATING)),

		OUTER_INTERCEPTOR(true, (outer) -> outer.add(MUTATING), (inner) -> {
		}),

		OUTER_WRAPPER(true, (outer) -> outer.add(WRAPPING), (inner) -> {
		}),

		INNER_INTERCEPTOR(true, (outer) -> {
		}, (inner) -> inner.add(MUTATING)),

		INNER_WRAPPER(true, (outer) -> {
		}, (inner) -> inner.add(WRAPPING));

		private final boolean template;

		private final Consumer<List<ClientHttpRequestInterceptor>> outer;

		private final Consumer<List<ClientHttpRequestInterceptor>> inner;

		Way(boolean template) {
			this(template, (outer) -> {
			}, (inner) -> {
			});
		}

		Way(boolean template, Consumer<List<ClientHttpRequestInterceptor>> outer,
				Consumer<List<ClientHttpRequestInterceptor>> inner) {
			this.template = template;
			this.outer = outer;
			this.inner = inner;
		}

		String url(String url) {
			return switch (this) {
				case QUERY -> url + "?token=" + Secrets.MARK + "&sig=" + Secrets.MARK;
				case ENCODED_QUERY -> url + "?api%5Fkey=" + Secrets.MARK + "&alt=sse;key=" + Secrets.MARK;
				case USER_INFO -> url.replace("http://", "http://user:" + Secrets.MARK + "@");
				default -> url;
			};
		}

	}

	/**
	 * The same request with secrets in its headers.
	 */
	private static final class SpoiltRequest extends HttpRequestWrapper {

		private final HttpHeaders headers = new HttpHeaders();

		SpoiltRequest(HttpRequest request) {
			super(request);
			this.headers.putAll(request.getHeaders());
			Secrets.put(this.headers::set);
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.headers;
		}

	}

	/**
	 * Puts secrets into every request that it makes.
	 *
	 * @param factory makes the requests
	 */
	private record SpoiltFactory(ClientHttpRequestFactory factory) implements ClientHttpRequestFactory {

		SpoiltFactory() {
			this(new SimpleClientHttpRequestFactory());
		}

		@Override
		public ClientHttpRequest createRequest(URI url, HttpMethod method) throws IOException {
			ClientHttpRequest request = this.factory.createRequest(url, method);
			Secrets.put(request.getHeaders()::set);
			request.getHeaders().set("x-late", Secrets.of("x-late"));
			return request;
		}

	}

	/**
	 * Puts secrets into every request of the application's {@code HttpClient}.
	 */
	private static final class ReactorCustomizer
			implements ClientHttpRequestFactoryBuilderCustomizer<ReactorClientHttpRequestFactoryBuilder> {

		@Override
		public ReactorClientHttpRequestFactoryBuilder customize(ReactorClientHttpRequestFactoryBuilder builder) {
			return builder.withHttpClientCustomizer((client) -> spoilt(client, true));
		}

	}

}
