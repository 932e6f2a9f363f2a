// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import io.github.llmbreaker.webclient.LlmBreakerExchangeFilterFunction;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.service.ReactiveHttpServiceClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.registry.HttpServiceGroup;
import org.springframework.web.service.registry.ImportHttpServices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link LlmBreakerWebClientAutoConfiguration}.
 */
class LlmBreakerWebClientAutoConfigurationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Map<String, String> BODY = Map.of("model", "gpt-4.1");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LlmBreakerAutoConfiguration.class,
				LlmBreakerWebClientAutoConfiguration.class, WebClientAutoConfiguration.class,
				ReactiveHttpServiceClientAutoConfiguration.class, HttpServiceClientPropertiesAutoConfiguration.class));

	@Test
	void filterIsOnEveryBuilderOnce() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(LlmBreakerExchangeFilterFunction.class);
			assertThat(filters(context)).containsOnlyOnce(context.getBean(LlmBreakerExchangeFilterFunction.class));
			WebClient.Builder builder = context.getBean(WebClient.Builder.class);
			context.getBeansOfType(WebClientCustomizer.class).values().forEach((each) -> each.customize(builder));
			assertThat(filters(builder)).filteredOn(LlmBreakerExchangeFilterFunction.class::isInstance).hasSize(1);
		});
	}

	@Test
	void filterIsTheInnermost() {
		this.runner.withUserConfiguration(OtherFilters.class)
			.run((context) -> assertThat(filters(context)).hasSize(3)
				.last()
				.isInstanceOf(LlmBreakerExchangeFilterFunction.class));
	}

	@Test
	void buildersCanBeLeftOut() {
		this.runner.withPropertyValues("llm-breaker.webclient.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(LlmBreakerExchangeFilterFunction.class)
				.hasSingleBean(LlmBreakers.class)
				.satisfies((it) -> assertThat(filters(it)).isEmpty()));
	}

	@Test
	void whileDisabledRequestsPassUntouched() {
		this.runner.withPropertyValues("llm-breaker.enabled=false").run((context) -> {
			assertThat(context).hasSingleBean(LlmBreakerExchangeFilterFunction.class)
				.satisfies((it) -> assertThat(filters(it)).isEmpty());
			ClientResponse response = ClientResponse.create(HttpStatus.OK).build();
			WebClient client = WebClient.builder()
				.filter(context.getBean(LlmBreakerExchangeFilterFunction.class))
				.exchangeFunction((request) -> Mono.just(response))
				.build();
			assertThat(client.post()
				.uri("https://api.openai.com/v1/chat/completions")
				.exchangeToMono(Mono::just)
				.block(PATIENCE)).isSameAs(response);
		});
	}

	@Test
	void filterOfTheApplicationWins() {
		this.runner.withUserConfiguration(OwnFilter.class)
			.run((context) -> assertThat(filters(context))
				.containsExactly(context.getBean("ownFilter", ExchangeFilterFunction.class)));
	}

	@Test
	void customizerOfTheApplicationWins() {
		this.runner.withUserConfiguration(OwnCustomizer.class).run((context) -> assertThat(filters(context)).isEmpty());
	}

	@Test
	void needsWebClient() {
		this.runner.withClassLoader(new FilteredClassLoader(WebClient.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LlmBreakers.class)
				.doesNotHaveBean(LlmBreakerExchangeFilterFunction.class));
	}

	@Test
	void withoutTheSupportOfSpringBootTheFilterIsThereForOwnBuilders() {
		this.runner.withClassLoader(new FilteredClassLoader(WebClientCustomizer.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LlmBreakerExchangeFilterFunction.class)
				.doesNotHaveBean("llmBreakerWebClientCustomizer"));
	}

	@Test
	void guardsRealCalls() {
		try (FakeLlmServer server = FakeLlmServer.start()) {
			server.always(FakeAnswer.json(503, "{}"));
			this.runner
				.withPropertyValues("llm-breaker.providers.openai.base-urls=" + server.url() + "/v1",
						"llm-breaker.policies.gpt.models=gpt*", "llm-breaker.policies.gpt.failure-threshold=1")
				.run((context) -> {
					WebClient client = context.getBean(WebClient.Builder.class).baseUrl(server.url()).build();
					Mono<String> call = client.post()
						.uri("/v1/chat/completions")
						.bodyValue(BODY)
						.retrieve()
						.bodyToMono(String.class);
					assertThatExceptionOfType(WebClientResponseException.ServiceUnavailable.class)
						.isThrownBy(() -> call.block(PATIENCE));
					assertThatExceptionOfType(LlmCallRejectedException.class).isThrownBy(() -> call.block(PATIENCE));
					assertThat(server.requestCount()).isEqualTo(1);
					assertThat(context.getBean(LlmBreakers.class).all()).extracting(LlmBreaker::name)
						.containsExactly("openai", "openai:gpt-4.1");
				});
		}
	}

	@Test
	void httpServiceClientsAreGuardedOnce() {
		try (FakeLlmServer server = FakeLlmServer.start()) {
			server.always(FakeAnswer.json(200, "{\"choices\":[{}]}"));
			this.runner.withUserConfiguration(HttpServices.class)
				.withPropertyValues("llm-breaker.providers.openai.base-urls=" + server.url() + "/v1",
						"spring.http.serviceclient.llm.base-url=" + server.url())
				.run((context) -> {
					context.getBean(ChatService.class).chat(BODY).block(PATIENCE);
					assertThat(server.requestCount()).isEqualTo(1);
					assertThat(context.getBean(HttpServices.class).guards()).isEqualTo(1);
					assertThat(context.getBean(BreakerRegistry.class)
						.find("openai:gpt-4.1")
						.orElseThrow()
						.snapshot()
						.calls()
						.succeeded()).isEqualTo(1);
				});
		}
	}

	private static List<ExchangeFilterFunction> filters(ApplicationContext context) {
		return filters(context.getBean(WebClient.Builder.class));
	}

	private static List<ExchangeFilterFunction> filters(WebClient.Builder builder) {
		AtomicReference<List<ExchangeFilterFunction>> seen = new AtomicReference<>(List.of());
		builder.filters((filters) -> seen.set(List.copyOf(filters)));
		return seen.get();
	}

	@Configuration(proxyBeanMethods = false)
	static class OtherFilters {

		@Bean
		WebClientCustomizer unordered() {
			return (builder) -> builder.filter((request, next) -> next.exchange(request));
		}

		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		WebClientCustomizer early() {
			return (builder) -> builder.filter((request, next) -> next.exchange(request));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFilter {

		@Bean
		LlmBreakerExchangeFilterFunction ownFilter(LlmProviders providers, BreakerRegistry registry) {
			return new LlmBreakerExchangeFilterFunction(providers, registry, Clock.systemUTC());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnCustomizer {

		@Bean
		WebClientCustomizer llmBreakerWebClientCustomizer() {
			return (builder) -> {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportHttpServices(group = "llm", types = ChatService.class, clientType = HttpServiceGroup.ClientType.WEB_CLIENT)
	static class HttpServices {

		private final List<ExchangeFilterFunction> filters = new ArrayList<>();

		@Bean
		WebClientHttpServiceGroupConfigurer last() {
			return new WebClientHttpServiceGroupConfigurer() {

				@Override
				public void configureGroups(Groups<WebClient.Builder> groups) {
					groups.forEachClient((group, builder) -> builder.filters(HttpServices.this.filters::addAll));
				}

				@Override
				public int getOrder() {
					return Ordered.LOWEST_PRECEDENCE;
				}

			};
		}

		long guards() {
			return this.filters.stream().filter(LlmBreakerExchangeFilterFunction.class::isInstance).count();
		}

	}

	interface ChatService {

		@PostExchange("/v1/chat/completions")
		Mono<String> chat(@RequestBody Map<String, String> body);

	}

}
