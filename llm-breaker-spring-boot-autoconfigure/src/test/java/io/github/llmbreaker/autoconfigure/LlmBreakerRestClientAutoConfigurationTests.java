// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Clock;

import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.provider.LlmProviders;
import io.github.llmbreaker.restclient.LlmBreakerClientHttpRequestFactory;
import io.github.llmbreaker.restclient.LlmBreakerClientHttpRequestInterceptor;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestTemplateAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.test.web.client.ExpectedCount;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.test.web.client.match.MockRestRequestMatchers;
import org.springframework.test.web.client.response.MockRestResponseCreators;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LlmBreakerRestClientAutoConfiguration}.
 */
class LlmBreakerRestClientAutoConfigurationTests {

	private static final String URL = "https://api.openai.com/v1/chat/completions";

	private static final String REQUEST = "{\"model\":\"m\"}";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RestClientAutoConfiguration.class, RestTemplateAutoConfiguration.class,
				LlmBreakerAutoConfiguration.class, LlmBreakerRestClientAutoConfiguration.class));

	@Test
	void guardsBuildersOfBoot() {
		this.runner.run((context) -> {
			LlmBreakerClientHttpRequestInterceptor interceptor = context
				.getBean(LlmBreakerClientHttpRequestInterceptor.class);
			context.getBean(RestClient.Builder.class)
				.requestInterceptors((interceptors) -> assertThat(interceptors).containsExactly(interceptor));
			assertThat(context.getBean(RestTemplateBuilder.class).build().getRequestFactory())
				.isInstanceOf(LlmBreakerClientHttpRequestFactory.class);
			assertThat(context.getBean(RestTemplateBuilder.class)
				.interceptors((request, body, execution) -> execution.execute(request, body))
				.build()
				.getInterceptors()).hasSize(2).last().isSameAs(interceptor);
		});
	}

	@Test
	void isSwitchedOffByOneProperty() {
		this.runner.withPropertyValues("llm-breaker.restclient.enabled=false").run((context) -> {
			assertThat(context).hasSingleBean(LlmBreakerClientHttpRequestInterceptor.class);
			context.getBean(RestClient.Builder.class)
				.requestInterceptors((interceptors) -> assertThat(interceptors).isEmpty());
		});
	}

	@Test
	void isSwitchedOffWithEverythingButCanStillBeInjected() {
		this.runner.withPropertyValues("llm-breaker.enabled=false").run((context) -> {
			assertThat(context).hasSingleBean(LlmBreakerClientHttpRequestInterceptor.class);
			context.getBean(RestClient.Builder.class)
				.requestInterceptors((interceptors) -> assertThat(interceptors).isEmpty());
		});
	}

	@Test
	void backsOffForUserInterceptor() {
		this.runner.withUserConfiguration(OwnInterceptorConfiguration.class)
			.run((context) -> context.getBean(RestClient.Builder.class)
				.requestInterceptors((interceptors) -> assertThat(interceptors)
					.containsExactly(context.getBean("ownInterceptor", ClientHttpRequestInterceptor.class))));
	}

	@Test
	void guardsClientsThatAMockServerAnswers() {
		this.runner.withPropertyValues("llm-breaker.defaults.failure-threshold=1").run((context) -> {
			RestClient.Builder builder = context.getBean(RestClient.Builder.class);
			MockRestServiceServer server = MockRestServiceServer.bindTo(builder).build();
			server.expect(ExpectedCount.once(), MockRestRequestMatchers.requestTo(URL))
				.andRespond(MockRestResponseCreators.withServerError());
			RestClient client = builder.build();
			assertThatExceptionOfType(HttpServerErrorException.class)
				.isThrownBy(() -> client.post().uri(URL).body(REQUEST).retrieve().toBodilessEntity());
			assertThatExceptionOfType(LlmCallRejectedException.class)
				.isThrownBy(() -> client.post().uri(URL).body(REQUEST).retrieve().toBodilessEntity());
			server.verify();
		});
	}

	@Test
	void guardOfRestTemplateIsBackAfterItsRequestFactoryWasReplaced() {
		this.runner.withPropertyValues("llm-breaker.defaults.failure-threshold=1").run((context) -> {
			RestTemplate template = context.getBean(RestTemplateBuilder.class).build();
			MockRestServiceServer server = MockRestServiceServer.bindTo(template).build();
			server.expect(ExpectedCount.twice(), MockRestRequestMatchers.requestTo(URL))
				.andRespond(MockRestResponseCreators.withServerError());
			for (int i = 0; i < 2; i++) {
				assertThatExceptionOfType(HttpServerErrorException.class)
					.isThrownBy(() -> template.postForObject(URL, REQUEST, String.class));
			}
			assertThatExceptionOfType(LlmCallRejectedException.class)
				.isThrownBy(() -> template.postForObject(URL, REQUEST, String.class));
			server.verify();
		});
	}

	@Test
	void guardsClientsOfHttpServiceGroups() {
		this.runner.withPropertyValues("llm-breaker.defaults.failure-threshold=1").run((context) -> {
			RestClient.Builder builder = RestClient.builder();
			context.getBeanProvider(RestClientCustomizer.class)
				.orderedStream()
				.forEach((customizer) -> customizer.customize(builder));
			LlmBreakerClientHttpRequestInterceptor interceptor = context
				.getBean(LlmBreakerClientHttpRequestInterceptor.class);
			builder.requestInterceptors((interceptors) -> assertThat(interceptors).containsExactly(interceptor));
		});
	}

	@Test
	void keepsTheBuilderInANativeImage() {
		RuntimeHints hints = new RuntimeHints();
		new GuardedRestClientBuilder.ProxyHints().registerHints(hints, null);
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(RestClient.Builder.class)).accepts(hints);
	}

	@Test
	void needsRestClient() {
		this.runner.withClassLoader(new FilteredClassLoader(RestClient.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(LlmBreakerRestClientAutoConfiguration.class));
	}

	@Test
	void needsBootForItsBuildersOnly() {
		this.runner.withClassLoader(new FilteredClassLoader(RestClientCustomizer.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LlmBreakerClientHttpRequestInterceptor.class));
	}

	@Test
	void fallbackRequestsAreMadeWithOrWithoutBoot() {
		this.runner.run((context) -> assertThat(context).hasBean("llmBreakerFallbackRequestFactory"));
		this.runner
			.withClassLoader(new FilteredClassLoader(RestClientCustomizer.class, ClientHttpRequestFactoryBuilder.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.getBean("llmBreakerFallbackRequestFactory")
				.isInstanceOf(JdkClientHttpRequestFactory.class));
		this.runner.withPropertyValues("llm-breaker.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean("llmBreakerFallbackRequestFactory"));
	}

	@Test
	void fallbackRequestFactoryOfTheUserWinsAndOthersAreNoConcern() {
		ClientHttpRequestFactory own = new SimpleClientHttpRequestFactory();
		this.runner.withBean("llmBreakerFallbackRequestFactory", ClientHttpRequestFactory.class, () -> own)
			.run((context) -> assertThat(context).getBean(ClientHttpRequestFactory.class).isSameAs(own));
		this.runner.withBean("other", ClientHttpRequestFactory.class, () -> own)
			.run((context) -> assertThat(context).hasBean("llmBreakerFallbackRequestFactory")
				.getBean("llmBreakerFallbackRequestFactory")
				.isNotSameAs(own));
	}

	@Test
	void isInnermostAndAddedOnce() {
		this.runner.withUserConfiguration(OwnCustomizerConfiguration.class)
			.run((context) -> context.getBean(RestClient.Builder.class)
				.requestInterceptors((interceptors) -> assertThat(interceptors).hasSize(2)
					.last()
					.isInstanceOf(LlmBreakerClientHttpRequestInterceptor.class)));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnInterceptorConfiguration {

		@Bean
		LlmBreakerClientHttpRequestInterceptor ownInterceptor(LlmProviders providers, BreakerRegistry registry) {
			return new LlmBreakerClientHttpRequestInterceptor(providers, registry, Clock.systemUTC(), Ticker.SYSTEM);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnCustomizerConfiguration {

		@Bean
		@Order(0)
		RestClientCustomizer ownCustomizer() {
			return (builder) -> builder
				.requestInterceptor((request, body, execution) -> execution.execute(request, body));
		}

	}

}
