// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

import io.github.llmbreaker.actuate.endpoint.LlmBreakersEndpoint;
import io.github.llmbreaker.actuate.endpoint.LlmBreakersJmxEndpointExtension;
import io.github.llmbreaker.actuate.endpoint.LlmBreakersWebEndpointExtension;
import io.github.llmbreaker.actuate.endpoint.PageAccess;
import io.github.llmbreaker.actuate.endpoint.TimelineBreakerListener;
import io.github.llmbreaker.breaker.BreakerRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LlmBreakerEndpointAutoConfiguration}.
 */
class LlmBreakerEndpointAutoConfigurationTests {

	private static final String EXPOSE_WEB = "management.endpoints.web.exposure.include=llmbreakers";

	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(LlmBreakerAutoConfiguration.class, LlmBreakerEndpointAutoConfiguration.class));

	@Test
	void isThereWhenExposedOverHttp() {
		this.contextRunner.withPropertyValues(EXPOSE_WEB)
			.run((context) -> assertThat(context).hasSingleBean(LlmBreakersEndpoint.class)
				.hasSingleBean(LlmBreakersWebEndpointExtension.class)
				.doesNotHaveBean(LlmBreakersJmxEndpointExtension.class));
	}

	@Test
	void isThereWhenExposedOverJmx() {
		this.contextRunner.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=*")
			.run((context) -> assertThat(context).hasSingleBean(LlmBreakersEndpoint.class)
				.hasSingleBean(LlmBreakersJmxEndpointExtension.class)
				.doesNotHaveBean(LlmBreakersWebEndpointExtension.class));
	}

	@Test
	void isOffWhenNotExposed() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(LlmBreakersEndpoint.class));
	}

	@Test
	void isOffByItsProperty() {
		this.contextRunner.withPropertyValues(EXPOSE_WEB, "management.endpoint.llmbreakers.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(LlmBreakersEndpoint.class));
	}

	@Test
	void saysSoWhenNothingIsGuarded() {
		this.contextRunner.withPropertyValues(EXPOSE_WEB, "llm-breaker.enabled=false").run((context) -> {
			assertThat(context.getBean(LlmBreakersEndpoint.class).breakers().enabled()).isFalse();
			assertThat(context.getBean(LlmBreakersWebEndpointExtension.class).breaker("openai").getStatus())
				.isEqualTo(404);
		});
	}

	@Test
	void isOffWithoutTheActuator() {
		this.contextRunner.withPropertyValues(EXPOSE_WEB)
			.withClassLoader(new FilteredClassLoader(Endpoint.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("llmBreakersEndpoint"));
	}

	@Test
	void needsNoSpringSecurity() {
		this.contextRunner.withPropertyValues(EXPOSE_WEB)
			.withClassLoader(new FilteredClassLoader("org.springframework.security"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LlmBreakersWebEndpointExtension.class)
				.doesNotHaveBean(PageAccess.class));
	}

	@Test
	void whoeverDecidesOnAccessCanBeReplaced() {
		this.contextRunner.withPropertyValues(EXPOSE_WEB)
			.withUserConfiguration(AccessConfiguration.class)
			.run((context) -> assertThat(
					context.getBean(LlmBreakersWebEndpointExtension.class).breakers("access", null).getBody())
				.isEqualTo(new LlmBreakersWebEndpointExtension.AccessDescriptor(false)));
	}

	@Test
	void backsOffForAUserBean() {
		this.contextRunner.withPropertyValues(EXPOSE_WEB)
			.withUserConfiguration(UserConfiguration.class)
			.run((context) -> assertThat(context).getBean(LlmBreakersEndpoint.class)
				.isSameAs(context.getBean("userEndpoint")));
	}

	@Test
	void keepsThePageInANativeImage() {
		RuntimeHints hints = new RuntimeHints();
		new LlmBreakerEndpointAutoConfiguration.PageHints().registerHints(hints, null);
		assertThat(Stream.of("html", "js", "css")).allSatisfy((type) -> assertThat(RuntimeHintsPredicates.resource()
			.forResource("io/github/llmbreaker/actuate/endpoint/llmbreakers." + type)).accepts(hints));
	}

	@Configuration(proxyBeanMethods = false)
	static class AccessConfiguration {

		@Bean
		PageAccess nobody() {
			return new PageAccess() {

				@Override
				public boolean mayWrite() {
					return false;
				}

				@Override
				public void sendToken() {
					// nobody asks for one
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UserConfiguration {

		@Bean
		LlmBreakersEndpoint userEndpoint() {
			return new LlmBreakersEndpoint(BreakerRegistry.off(),
					new TimelineBreakerListener(List::of, InstantSource.system(), Thread::new));
		}

	}

}
