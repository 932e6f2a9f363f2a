// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.autoconfigure.LlmBreakerAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerLangChain4jAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerOkHttpAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerRestClientAutoConfiguration;
import io.github.llmbreaker.autoconfigure.LlmBreakerWebClientAutoConfiguration;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import io.github.llmbreaker.testing.RecordedRequest;
import io.github.llmbreaker.testing.Secrets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that what one provider is given never reaches another one: every way to add a
 * credential, on every client, when the provider fails and when it is not asked at all.
 */
class CredentialContractTests {

	private static final FakeLlmServer first = FakeLlmServer.start();

	private static final FakeLlmServer spare = FakeLlmServer.start();

	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start() {
		first.always(FakeAnswer.json(503, "{}"));
		spare.always((request) -> CredentialDialect.of(request.path()).answer());
		Stream<String> properties = Stream.of(CredentialDialect.values())
			.flatMap((dialect) -> Stream
				.of("providers.%s.base-urls=%s%s", "providers.spare-%1$s.dialect=%1$s",
						"providers.spare-%1$s.base-urls=%4$s%3$s", "providers.spare-%1$s.api-key=spare-key",
						// what the first provider gets when it is a fallback is its own,
						// too
						"providers.%1$s.api-key=" + Secrets.MARK, "providers.%1$s.headers.x-own=" + Secrets.MARK,
						"policies.%1$s.models=%1$s:*", "policies.%1$s.fallbacks=spare-%1$s:small")
				.map((property) -> property.replace("%s%s", "%2$s%3$s").replace("%s", "%1$s"))
				.map((property) -> "--llm-breaker."
						+ property.formatted(dialect.id(), first.url(), dialect.base(), spare.url())));
		context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.run(Stream.concat(properties,
					Stream.of("--llm-breaker.defaults.preset=consecutive",
							"--llm-breaker.defaults.failure-threshold=1000",
							"--llm-breaker.provider-defaults.failure-threshold=1000"))
				.toArray(String[]::new));
	}

	@AfterAll
	static void stop() {
		context.close();
		first.close();
		spare.close();
	}

	@TestFactory
	Stream<DynamicNode> credentialsStayWithTheirProvider() {
		return new CredentialCalls(context, first.url()).all()
			.stream()
			.map((call) -> DynamicContainer.dynamicContainer(call.client() + ": " + call.way(),
					List.of(DynamicTest.dynamicTest("after a failure", () -> check(call, false)),
							DynamicTest.dynamicTest("when its breaker is open", () -> check(call, true)))));
	}

	private static void check(CredentialCall call, boolean open) throws Exception {
		first.requests().clear();
		spare.requests().clear();
		var gate = context.getBean(BreakerRegistry.class)
			.gate(new LlmTarget(call.dialect().id(), call.dialect().endpoint(), "big"));
		gate.modelBreaker().reset();
		if (open) {
			gate.modelBreaker().forceOpen(null);
		}
		call.work().run();
		if (open) {
			assertThat(first.requestCount()).isZero();
		}
		else {
			assertThat(first.requests()).isNotEmpty();
			assertThat(all(first.requests().get(0))).contains(Secrets.MARK);
		}
		assertThat(spare.requests()).singleElement().satisfies((request) -> assertClean(request, call));
	}

	private static void assertClean(RecordedRequest request, CredentialCall call) {
		assertThat(all(request)).doesNotContain(Secrets.MARK);
		assertThat(request.header(call.dialect().header())).isEqualTo(call.dialect().value("spare-key"));
		String head = request.head().toLowerCase(Locale.ROOT);
		assertThat(head.split("spare-key", -1)).as(head).hasSize(2);
		assertThat(head.lines().skip(1)).noneMatch((line) -> line.startsWith("cookie:"));
	}

	private static String all(RecordedRequest request) {
		return request.head() + request.text();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ LlmBreakerAutoConfiguration.class, LlmBreakerWebClientAutoConfiguration.class,
			LlmBreakerRestClientAutoConfiguration.class, LlmBreakerOkHttpAutoConfiguration.class,
			LlmBreakerLangChain4jAutoConfiguration.class })
	static class Application {

	}

}
