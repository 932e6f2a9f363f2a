// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import javax.management.MBeanException;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;

import io.github.llmbreaker.BreakerState;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.BreakerRegistry;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jmx.JmxEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jmx.JmxAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the endpoint over JMX.
 */
class LlmBreakersJmxTests {

	private static final String NAME = "openrouter:meta-llama/Llama-3.1-8B:free,beta";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withBean("mbeanServer", MBeanServer.class, MBeanServerFactory::newMBeanServer)
		.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=llmbreakers")
		.withConfiguration(AutoConfigurations.of(JmxAutoConfiguration.class, EndpointAutoConfiguration.class,
				JmxEndpointAutoConfiguration.class, LlmBreakerAutoConfiguration.class,
				LlmBreakerEndpointAutoConfiguration.class));

	@Test
	void breakersAreReadThroughJmx() {
		this.contextRunner.run((context) -> {
			context.getBean(BreakerRegistry.class).gate(LlmTarget.of("openrouter", NAME.substring(11)));
			assertThat(invoke(context, "breakers")).asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsEntry("enabled", true)
				.containsEntry("health", "HEALTHY");
			assertThat((Map<?, ?>) invoke(context, "breaker", NAME)).extracting("state", "events")
				.containsExactly("CLOSED", List.of());
			assertThat(invoke(context, "breaker", "openai:nobody")).isNull();
		});
	}

	@Test
	void statesAreSetByHand() {
		this.contextRunner.run((context) -> {
			BreakerRegistry registry = context.getBean(BreakerRegistry.class);
			registry.gate(LlmTarget.of("openrouter", NAME.substring(11)));
			invoke(context, "change", NAME, "FORCED_OPEN", "PT10M");
			assertThat(registry.find(NAME).orElseThrow().state()).isEqualTo(BreakerState.FORCED_OPEN);
			invoke(context, "reset", NAME);
			assertThat(registry.find(NAME).orElseThrow().state()).isEqualTo(BreakerState.CLOSED);
			invoke(context, "change", NAME, "DISABLED", null);
			assertThat(registry.find(NAME).orElseThrow().state()).isEqualTo(BreakerState.DISABLED);
		});
	}

	@Test
	void unknownNamesAndStatesAreRefused() {
		this.contextRunner.run((context) -> {
			assertThatExceptionOfType(MBeanException.class).isThrownBy(() -> invoke(context, "reset", "openai:nobody"))
				.havingCause()
				.withMessageContaining("No breaker 'openai:nobody'");
			assertThatExceptionOfType(MBeanException.class)
				.isThrownBy(() -> invoke(context, "change", "openai:nobody", "OPEN", null))
				.havingCause()
				.withMessageContaining("'state' must be one of FORCED_OPEN, CLOSED, DISABLED, HALF_OPEN");
			assertThat(context.getBean(BreakerRegistry.class).all()).isEmpty();
		});
	}

	@Test
	void operationsSayWhichParametersTheyWant() {
		this.contextRunner.withPropertyValues("management.endpoints.jmx.exposure.include=*")
			.run((context) -> assertThat(operations(context)).containsExactlyInAnyOrder("breakers()", "breaker(name)",
					"change(name, state, duration)", "reset(name)"));
	}

	@Test
	void readOnlyAccessLeavesWhatReads() {
		this.contextRunner.withPropertyValues("management.endpoint.llmbreakers.access=READ_ONLY")
			.run((context) -> assertThat(operations(context)).containsExactlyInAnyOrder("breakers()", "breaker(name)"));
	}

	private static List<String> operations(AssertableApplicationContext context) throws Exception {
		return Arrays.stream(context.getBean(MBeanServer.class).getMBeanInfo(name(context)).getOperations())
			.map((operation) -> Arrays.stream(operation.getSignature())
				.map(MBeanParameterInfo::getName)
				.collect(Collectors.joining(", ", operation.getName() + "(", ")")))
			.toList();
	}

	private static ObjectName name(AssertableApplicationContext context) throws Exception {
		return context.getBean(MBeanServer.class)
			.queryNames(new ObjectName("org.springframework.boot:type=Endpoint,name=Llmbreakers,*"), null)
			.iterator()
			.next();
	}

	private static Object invoke(AssertableApplicationContext context, String operation, Object... arguments)
			throws Exception {
		String[] signature = new String[arguments.length];
		Arrays.fill(signature, String.class.getName());
		return context.getBean(MBeanServer.class).invoke(name(context), operation, arguments, signature);
	}

}
