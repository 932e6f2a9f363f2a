// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeCustomizer;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerListener;
import io.github.llmbreaker.breaker.BreakerMode;
import io.github.llmbreaker.breaker.BreakerPolicy;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.BreakerSettings;
import io.github.llmbreaker.breaker.CallPolicy;
import io.github.llmbreaker.breaker.FallbackModel;
import io.github.llmbreaker.breaker.GateView;
import io.github.llmbreaker.breaker.Isolation;
import io.github.llmbreaker.breaker.LlmPolicies;
import io.github.llmbreaker.breaker.RetryPolicy;
import io.github.llmbreaker.breaker.StreamRecovery;
import io.github.llmbreaker.breaker.TestPolicies;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.breaker.TimeoutPolicy;
import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.LlmProvider;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.dialect.BuiltInDialects;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * A guarded {@link RestClient} and everything behind it, for tests. Its one provider
 * {@code mine} speaks like OpenAI.
 */
final class GuardedRestClient implements BreakerListener {

	static final String ANSWER = """
			{"id":"c1","object":"chat.completion","model":"m","choices":[{"index":0,\
			"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}]}""";

	static final String OVERLOADED = """
			{"error":{"message":"busy","type":"service_unavailable_error","code":"server_is_overloaded"}}""";

	static final String REQUEST = """
			{"model":"m","messages":[{"role":"user","content":"Hi"}]}""";

	static final String PATH = "/v1/chat/completions";

	static final String DELTA = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n";

	static final String STOP = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}"
			+ "\n\ndata: [DONE]\n\n";

	private static final RetryPolicy NO_RETRY = new RetryPolicy(0, Duration.ofMillis(1), Duration.ofSeconds(1), 0,
			Duration.ofSeconds(1), 0, EnumSet.noneOf(OutcomeKind.class));

	final List<CallOutcome> outcomes = new CopyOnWriteArrayList<>();

	private final List<LlmDialect> dialects = new ArrayList<>(BuiltInDialects.all());

	private final List<LlmProvider> providers = new ArrayList<>();

	private final List<OutcomeCustomizer> customizers = new ArrayList<>();

	private CallPolicy policy = new CallPolicy(
			TestPolicies.model().threshold(2).rate(0).halfOpenCalls(1).cooldown(Duration.ofSeconds(1)).get(),
			TimeoutPolicy.NONE, NO_RETRY, List.of(), StreamRecovery.NONE);

	private Ticker ticker = Ticker.SYSTEM;

	private BreakerRegistry registry;

	private LlmBreakerClientHttpRequestInterceptor interceptor;

	GuardedRestClient(String baseUrl) {
		LlmDialect openAi = this.dialects.stream()
			.filter((dialect) -> dialect.id().equals("openai"))
			.findFirst()
			.orElseThrow();
		this.providers.add(new LlmProvider("mine", openAi, List.of(URI.create(baseUrl + "/v1")), "key"));
	}

	GuardedRestClient timeouts(TimeoutPolicy timeouts) {
		return policy(
				(old) -> new CallPolicy(old.breaker(), timeouts, old.retry(), old.fallbacks(), old.streamRecovery()));
	}

	GuardedRestClient breaker(BreakerPolicy breaker) {
		return policy(
				(old) -> new CallPolicy(breaker, old.timeouts(), old.retry(), old.fallbacks(), old.streamRecovery()));
	}

	GuardedRestClient retries(int retries) {
		RetryPolicy retry = new RetryPolicy(retries, Duration.ofMillis(1), Duration.ofSeconds(1), 0,
				Duration.ofSeconds(1), 20, EnumSet.of(OutcomeKind.RATE_LIMITED, OutcomeKind.OVERLOADED,
						OutcomeKind.SERVER_ERROR, OutcomeKind.CONNECT_ERROR, OutcomeKind.STREAM_ERROR));
		return policy(
				(old) -> new CallPolicy(old.breaker(), old.timeouts(), retry, old.fallbacks(), old.streamRecovery()));
	}

	GuardedRestClient fallbacks(FallbackModel... fallbacks) {
		return policy((old) -> new CallPolicy(old.breaker(), old.timeouts(), old.retry(), List.of(fallbacks),
				old.streamRecovery()));
	}

	GuardedRestClient policy(UnaryOperator<CallPolicy> change) {
		this.policy = change.apply(this.policy);
		return this;
	}

	GuardedRestClient dialect(LlmDialect dialect) {
		this.dialects.add(dialect);
		return this;
	}

	GuardedRestClient customizer(OutcomeCustomizer customizer) {
		this.customizers.add(customizer);
		return this;
	}

	GuardedRestClient ticker(Ticker ticker) {
		this.ticker = ticker;
		return this;
	}

	LlmBreakerClientHttpRequestInterceptor interceptor() {
		if (this.interceptor == null) {
			this.interceptor = new LlmBreakerClientHttpRequestInterceptor(
					new LlmProviders(this.dialects, this.providers), registry(), Clock.systemUTC(), this.ticker);
		}
		return this.interceptor;
	}

	BreakerRegistry registry() {
		if (this.registry == null) {
			this.registry = new BreakerRegistry(new BreakerSettings(BreakerMode.ENFORCE, Isolation.MODEL, 1000,
					policies(), LlmProviders::isInference, this.customizers, List.of(this), this.ticker,
					Clock.systemUTC()));
		}
		return this.registry;
	}

	private LlmPolicies policies() {
		BreakerPolicy provider = TestPolicies.provider().get();
		return new LlmPolicies() {

			@Override
			public CallPolicy forTarget(LlmTarget target) {
				return GuardedRestClient.this.policy;
			}

			@Override
			public BreakerPolicy forProvider(String id) {
				return provider;
			}

		};
	}

	RestClient.Builder builder(ClientHttpRequestFactory factory) {
		return RestClient.builder().requestFactory(factory).requestInterceptor(interceptor());
	}

	RestClient client(String factory) {
		return builder(RequestFactories.create(factory)).build();
	}

	Breaker breaker(String name) {
		return registry().find(name).orElseThrow();
	}

	List<OutcomeKind> kinds() {
		return this.outcomes.stream().map(CallOutcome::kind).toList();
	}

	@Override
	public void onCompleted(GateView gate, CallOutcome outcome, long nanos) {
		this.outcomes.add(outcome);
	}

}
