// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.contract.ContractClient.Once;
import io.github.llmbreaker.contract.ContractClient.Recovery;
import io.github.llmbreaker.langchain4j.CallGuarding;
import io.github.llmbreaker.langchain4j.LlmBreakerHttpClientBuilder;
import io.github.llmbreaker.okhttp.LlmBreakerOkHttpInterceptor;
import io.github.llmbreaker.restclient.LlmBreakerClientHttpRequestInterceptor;
import io.github.llmbreaker.webclient.LlmBreakerExchangeFilterFunction;
import io.github.llmbreaker.webclient.ReactiveLlmBreakers;
import okhttp3.OkHttpClient;

import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Every client that there is, in an application.
 */
final class ContractClients {

	private static final Set<Reading> ALL = EnumSet.allOf(Reading.class);

	private static final Set<Reading> ALL_BUT_TWICE = EnumSet.complementOf(EnumSet.of(Reading.TWICE));

	private static final Set<Reading> AS_RESULT = EnumSet.of(Reading.WHOLE, Reading.PIECES, Reading.UNTIL_ERROR,
			Reading.NOTHING);

	private static final Set<Reading> AS_CALLED_BACK = EnumSet.of(Reading.WHOLE, Reading.PIECES, Reading.UNTIL,
			Reading.UNTIL_ERROR, Reading.NOTHING);

	private static final Set<Reading> AS_LATER_RESULT = EnumSet.of(Reading.WHOLE, Reading.NOTHING);

	private static final Set<Reading> AS_ITEMS = EnumSet.of(Reading.WHOLE, Reading.PIECES, Reading.UNTIL,
			Reading.UNTIL_ERROR, Reading.NOTHING);

	private final ClientHttpConnector connector = new ReactorClientHttpConnector();

	private final ClientHttpRequestFactory jdk = new JdkClientHttpRequestFactory();

	private final ApplicationContext context;

	private final Function<Ask, String> urls;

	private final List<ContractClient> clients = new ArrayList<>();

	ContractClients(ApplicationContext context, Function<Ask, String> urls) {
		this.context = context;
		this.urls = urls;
		addWebClients();
		addRestClients();
		addOkHttp();
		addLangChain4j();
		addMethods();
		addCode();
		addNested();
	}

	List<ContractClient> all() {
		return this.clients;
	}

	private void addWebClients() {
		webClient("WebClient on Reactor Netty", guarded(this.connector), Trait.REACTOR_NETTY);
		webClient("WebClient on the JDK", guarded(new JdkClientHttpConnector()));
		LlmBreakerExchangeFilterFunction filter = this.context.getBean(LlmBreakerExchangeFilterFunction.class);
		webClient("WebClient with the filter twice",
				new WebClientHttp(webClientBuilder().filters((filters) -> filters.add(filter)), this.connector,
						this.urls),
				Trait.REACTOR_NETTY, Trait.NESTED);
	}

	private void addRestClients() {
		wire("RestClient on HttpURLConnection", guarded(new SimpleClientHttpRequestFactory()), Trait.BLOCKING,
				Trait.URL_CONNECTION);
		wire("RestClient on the JDK", guarded(this.jdk), Trait.BLOCKING);
		wire("RestClient on Reactor Netty", guarded(new ReactorClientHttpRequestFactory()), Trait.BLOCKING,
				Trait.REACTOR_NETTY);
		LlmBreakerClientHttpRequestInterceptor interceptor = this.context
			.getBean(LlmBreakerClientHttpRequestInterceptor.class);
		wire("RestClient with the interceptor twice",
				new RestClientHttp(restClientBuilder().requestInterceptor(interceptor), this.jdk, this.urls),
				Trait.BLOCKING, Trait.NESTED);
		wire("RestTemplate", new RestTemplateHttp(this.context.getBean(RestTemplateBuilder.class),
				new SimpleClientHttpRequestFactory(), this.urls), Trait.BLOCKING, Trait.URL_CONNECTION);
	}

	private void addOkHttp() {
		LlmBreakerOkHttpInterceptor interceptor = this.context.getBean(LlmBreakerOkHttpInterceptor.class);
		OkHttpClient guarded = interceptor.guard(OkHttpHttp.client());
		OkHttpHttp http = new OkHttpHttp(guarded, this.urls);
		add("OkHttp", Sight.WIRE, ALL, Set.of(Trait.FOLLOWING), Recovery.ALL, http::execute);
		add("OkHttp with callbacks", Sight.WIRE, ALL, Set.of(Trait.CALLBACK, Trait.FOLLOWING), Recovery.ALL,
				http::enqueue);
		OkHttpHttp twice = new OkHttpHttp(guarded.newBuilder().addInterceptor(interceptor).build(), this.urls);
		add("OkHttp with the interceptor twice", Sight.WIRE, ALL, Set.of(Trait.NESTED, Trait.FOLLOWING), Recovery.ALL,
				twice::execute);
	}

	private void addLangChain4j() {
		HttpClientBuilder jdk = this.context.getBean(LlmBreakerHttpClientBuilder.class);
		langChain4j("LangChain4j on the JDK", jdk, Trait.LANGCHAIN4J);
		langChain4j("LangChain4j on another client",
				new LlmBreakerHttpClientBuilder(LangChain4jHttp.another(new JdkHttpClientBuilder()),
						this.context.getBean(CallGuarding.class)),
				Trait.LANGCHAIN4J, Trait.HEADLESS_ERRORS);
	}

	private void langChain4j(String name, HttpClientBuilder builder, Trait... traits) {
		BlockingHttp http = new LangChain4jHttp(builder, this.urls);
		add(name, Sight.WIRE, AS_CALLED_BACK, Set.of(traits), Recovery.ALL, Callers.blocking((ask, into) -> {
			http.read(ask, into);
			return into;
		}));
	}

	private void addMethods() {
		BlockingHttp blocking = new RestClientHttp(RestClient.builder(), this.jdk, this.urls);
		ReactiveHttp reactive = new WebClientHttp(WebClient.builder(), this.connector, this.urls);
		Assistant assistant = this.context.getBean(Assistant.class);
		add("@LlmGuarded value", Sight.RESULT, AS_RESULT, Set.of(Trait.BLOCKING), Recovery.ALL,
				value(assistant, blocking));
		add("@LlmGuarded CompletableFuture", Sight.LATER_RESULT, AS_LATER_RESULT, Set.of(Trait.REACTOR_NETTY),
				Recovery.ALL, future(assistant, reactive));
		add("@LlmGuarded Mono", Sight.LATER_RESULT, AS_LATER_RESULT, Set.of(Trait.REACTOR_NETTY), Recovery.ALL,
				mono(assistant, reactive));
		add("@LlmGuarded Flux", Sight.ITEMS, AS_ITEMS, Set.of(Trait.REACTOR_NETTY), Recovery.ALL,
				flux(assistant, reactive));
	}

	private void addCode() {
		BlockingHttp blocking = new RestClientHttp(RestClient.builder(), this.jdk, this.urls);
		ReactiveHttp reactive = new WebClientHttp(WebClient.builder(), this.connector, this.urls);
		LlmBreakers breakers = this.context.getBean(LlmBreakers.class);
		add("LlmBreakers.call", Sight.RESULT, AS_RESULT, Set.of(Trait.BLOCKING), Recovery.NONE,
				Callers.blocking((ask, into) -> breakers.call(target(ask), () -> {
					blocking.read(ask, into);
					return into;
				})));
		ReactiveLlmBreakers reactiveBreakers = this.context.getBean(ReactiveLlmBreakers.class);
		add("ReactiveLlmBreakers.mono", Sight.LATER_RESULT, AS_LATER_RESULT, Set.of(Trait.REACTOR_NETTY),
				Recovery.RETRIES,
				Callers.reactive((ask) -> reactiveBreakers.mono(target(ask), () -> reactive.whole(ask)).flux()));
		add("ReactiveLlmBreakers.flux", Sight.ITEMS, AS_ITEMS, Set.of(Trait.REACTOR_NETTY), Recovery.RETRIES,
				Callers.reactive((ask) -> reactiveBreakers.flux(target(ask), () -> reactive.pieces(ask))));
	}

	private void addNested() {
		Assistant assistant = this.context.getBean(Assistant.class);
		ReactiveHttp guarded = guarded(this.connector);
		add("@LlmGuarded value with a guarded RestClient", Sight.WIRE, ALL,
				Set.of(Trait.BLOCKING, Trait.NESTED, Trait.AROUND), Recovery.ALL, value(assistant, guarded(this.jdk)));
		OkHttpHttp okHttp = new OkHttpHttp(
				this.context.getBean(LlmBreakerOkHttpInterceptor.class).guard(OkHttpHttp.client()), this.urls);
		add("@LlmGuarded CompletableFuture with a guarded OkHttp", Sight.WIRE,
				EnumSet.of(Reading.WHOLE, Reading.HEAD, Reading.BODILESS, Reading.NOTHING),
				Set.of(Trait.CALLBACK, Trait.FOLLOWING, Trait.NESTED, Trait.AROUND), Recovery.ALL,
				future(assistant, okHttp));
		add("@LlmGuarded Mono with a guarded WebClient", Sight.WIRE,
				EnumSet.of(Reading.WHOLE, Reading.HEAD, Reading.BODILESS, Reading.NOTHING),
				Set.of(Trait.REACTOR_NETTY, Trait.NESTED, Trait.AROUND), Recovery.ALL, mono(assistant, guarded));
		add("@LlmGuarded Flux with a guarded WebClient", Sight.WIRE, AS_ITEMS,
				Set.of(Trait.REACTOR_NETTY, Trait.NESTED, Trait.AROUND), Recovery.ALL, flux(assistant, guarded));
	}

	private void webClient(String name, ReactiveHttp http, Trait... traits) {
		add(name, Sight.WIRE, ALL_BUT_TWICE, Set.of(traits), Recovery.ALL,
				Callers.reactive((ask) -> switch (ask.reading()) {
					case HEAD, BODILESS -> http.whole(ask).flux();
					case WHOLE -> ask.stream() ? http.pieces(ask) : http.whole(ask).flux();
					default -> http.pieces(ask);
				}));
	}

	private void wire(String name, BlockingHttp http, Trait... traits) {
		add(name, Sight.WIRE, ALL, Set.of(traits), Recovery.ALL, Callers.blocking((ask, into) -> {
			http.read(ask, into);
			return into;
		}));
	}

	private void add(String name, Sight sight, Set<Reading> readings, Set<Trait> traits, Recovery recovery, Once once) {
		this.clients.add(new ContractClient(name, sight, readings, traits, recovery, once));
	}

	private static Once value(Assistant assistant, BlockingHttp http) {
		return Callers.blocking((ask, into) -> assistant.value(ask.provider(), ask.model(), ask, http));
	}

	private static Once future(Assistant assistant, ReactiveHttp http) {
		return Callers.future((ask) -> assistant.future(ask.provider(), ask.model(), ask, http));
	}

	private static Once mono(Assistant assistant, ReactiveHttp http) {
		return Callers.reactive((ask) -> assistant.mono(ask.provider(), ask.model(), ask, http).flux());
	}

	private static Once flux(Assistant assistant, ReactiveHttp http) {
		return Callers.reactive((ask) -> assistant.flux(ask.provider(), ask.model(), ask, http));
	}

	private static LlmTarget target(Ask ask) {
		return LlmTarget.of(ask.provider(), ask.model());
	}

	private ReactiveHttp guarded(ClientHttpConnector on) {
		return new WebClientHttp(webClientBuilder(), on, this.urls);
	}

	private BlockingHttp guarded(ClientHttpRequestFactory on) {
		return new RestClientHttp(restClientBuilder(), on, this.urls);
	}

	private WebClient.Builder webClientBuilder() {
		return this.context.getBean(WebClient.Builder.class);
	}

	private RestClient.Builder restClientBuilder() {
		return this.context.getBean(RestClient.Builder.class);
	}

}
