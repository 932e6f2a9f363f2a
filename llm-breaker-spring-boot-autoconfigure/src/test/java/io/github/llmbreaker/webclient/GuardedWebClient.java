// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmTarget;
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
import io.github.llmbreaker.breaker.VirtualTime;
import io.github.llmbreaker.call.CallGuard;
import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.LlmProvider;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A guarded {@code WebClient} and everything behind it, for tests. Providers are named
 * after their dialect unless said otherwise.
 */
final class GuardedWebClient implements BreakerListener {

	static final RetryPolicy NO_RETRY = new RetryPolicy(0, Duration.ofMillis(10), Duration.ofSeconds(10), 0,
			Duration.ofSeconds(10), 0, Set.of());

	static final CallPolicy POLICY = new CallPolicy(TestPolicies.model().threshold(2).rate(0).halfOpenCalls(1).get(),
			TimeoutPolicy.NONE, NO_RETRY, List.of(), StreamRecovery.NONE);

	final VirtualTime time = new VirtualTime();

	final List<CallOutcome> outcomes = new CopyOnWriteArrayList<>();

	final List<LlmTarget> targets = new CopyOnWriteArrayList<>();

	final List<String> steps = new CopyOnWriteArrayList<>();

	private final Map<String, CallPolicy> policies = new ConcurrentHashMap<>();

	private final List<LlmProvider> providers = new ArrayList<>();

	private final ConnectionProvider connections = ConnectionProvider.builder("test")
		.maxConnections(50)
		.pendingAcquireTimeout(Duration.ofSeconds(2))
		.build();

	private CallPolicy policy = POLICY;

	private BreakerMode mode = BreakerMode.ENFORCE;

	private Ticker ticker = this.time;

	private Scheduler scheduler = Schedulers.parallel();

	private BreakerRegistry registry;

	private LlmBreakerExchangeFilterFunction filter;

	GuardedWebClient provider(String id, String baseUrl) {
		return provider(id, id, baseUrl);
	}

	GuardedWebClient provider(String id, String dialect, String baseUrl) {
		LlmDialect speech = BuiltInDialects.all()
			.stream()
			.filter((candidate) -> candidate.id().equals(dialect))
			.findFirst()
			.orElseThrow();
		this.providers.add(new LlmProvider(id, speech, List.of(URI.create(baseUrl)), "key-of-" + id));
		return this;
	}

	GuardedWebClient policy(UnaryOperator<CallPolicy> change) {
		this.policy = change.apply(this.policy);
		return this;
	}

	GuardedWebClient policy(String model, UnaryOperator<CallPolicy> change) {
		this.policies.put(model, change.apply(this.policy));
		return this;
	}

	GuardedWebClient timeouts(TimeoutPolicy timeouts) {
		return policy((policy) -> new CallPolicy(policy.breaker(), timeouts, policy.retry(), policy.fallbacks(),
				policy.streamRecovery()));
	}

	GuardedWebClient breaker(BreakerPolicy breaker) {
		return policy((policy) -> new CallPolicy(breaker, policy.timeouts(), policy.retry(), policy.fallbacks(),
				policy.streamRecovery()));
	}

	GuardedWebClient retries(int retries) {
		return policy((policy) -> new CallPolicy(policy.breaker(), policy.timeouts(),
				new RetryPolicy(retries, Duration.ofMillis(10), Duration.ofSeconds(1), 0, Duration.ofSeconds(10), 20,
						EnumSet.of(OutcomeKind.RATE_LIMITED, OutcomeKind.OVERLOADED, OutcomeKind.SERVER_ERROR,
								OutcomeKind.CONNECT_ERROR, OutcomeKind.STREAM_ERROR)),
				policy.fallbacks(), policy.streamRecovery()));
	}

	GuardedWebClient fallbacks(FallbackModel... models) {
		return policy((policy) -> new CallPolicy(policy.breaker(), policy.timeouts(), policy.retry(), List.of(models),
				policy.streamRecovery()));
	}

	GuardedWebClient buffered() {
		return policy((policy) -> new CallPolicy(policy.breaker(), policy.timeouts(), policy.retry(),
				policy.fallbacks(), StreamRecovery.BUFFER));
	}

	GuardedWebClient observing() {
		this.mode = BreakerMode.OBSERVE;
		return this;
	}

	GuardedWebClient clock(Ticker ticker, Scheduler scheduler) {
		this.ticker = ticker;
		this.scheduler = scheduler;
		return this;
	}

	LlmBreakerExchangeFilterFunction filter() {
		if (this.filter == null) {
			this.filter = new LlmBreakerExchangeFilterFunction(known(), registry(), (InstantSource) this.time,
					this.ticker, this.scheduler);
		}
		return this.filter;
	}

	ReactiveLlmBreakers reactiveBreakers() {
		return new ReactiveLlmBreakers(new CallGuard(registry(), known(), this.time, this.ticker));
	}

	private LlmProviders known() {
		return new LlmProviders(BuiltInDialects.all(), this.providers);
	}

	BreakerRegistry registry() {
		if (this.registry == null) {
			this.registry = new BreakerRegistry(new BreakerSettings(this.mode, Isolation.MODEL, 1000, policies(),
					LlmProviders::isInference, List.of(), List.of(this), this.ticker, this.time));
		}
		return this.registry;
	}

	private LlmPolicies policies() {
		BreakerPolicy provider = TestPolicies.provider().get();
		return new LlmPolicies() {

			@Override
			public CallPolicy forTarget(LlmTarget target) {
				CallPolicy common = GuardedWebClient.this.policy;
				return (target.model() != null) ? GuardedWebClient.this.policies.getOrDefault(target.model(), common)
						: common;
			}

			@Override
			public BreakerPolicy forProvider(String id) {
				return provider;
			}

		};
	}

	WebClient.Builder builder() {
		return WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(
					HttpClient.create(this.connections).responseTimeout(Duration.ofSeconds(2))))
			.filter(filter());
	}

	WebClient client() {
		return builder().build();
	}

	Breaker breaker(String name) {
		return registry().find(name).orElseThrow();
	}

	BreakerState state(String name) {
		return registry().find(name).map(Breaker::state).orElse(null);
	}

	List<OutcomeKind> kinds() {
		return this.outcomes.stream().map(CallOutcome::kind).toList();
	}

	CallOutcome outcome() {
		return this.outcomes.get(this.outcomes.size() - 1);
	}

	void close() {
		this.connections.dispose();
	}

	@Override
	public void onCompleted(GateView gate, CallOutcome outcome, long nanos) {
		this.outcomes.add(outcome);
		this.targets.add(gate.target());
	}

	@Override
	public void onRetry(GateView gate, Duration delay) {
		this.steps.add("retry " + gate.target().model());
	}

	@Override
	public void onFallback(GateView from, GateView to) {
		this.steps.add(from.target().model() + " > " + to.target().provider() + ":" + to.target().model());
	}

}
