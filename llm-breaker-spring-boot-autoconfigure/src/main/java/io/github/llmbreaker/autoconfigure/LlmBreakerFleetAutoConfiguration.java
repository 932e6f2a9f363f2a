// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.time.Clock;

import io.github.llmbreaker.breaker.BreakerSync;
import io.github.llmbreaker.breaker.Ticker;
import io.github.llmbreaker.redis.RedisBreakerSync;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Auto-configuration for instances that share the state of their breakers, once the
 * application has a Redis.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmBreakerAutoConfiguration.class,
		afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@ConditionalOnClass(StringRedisTemplate.class)
@ConditionalOnLlmBreakerEnabled
@ConditionalOnProperty(name = "llm-breaker.fleet.enabled", matchIfMissing = true)
@ConditionalOnSingleCandidate(RedisConnectionFactory.class)
@ImportRuntimeHints(LlmBreakerFleetAutoConfiguration.ScriptHints.class)
public final class LlmBreakerFleetAutoConfiguration {

	private static final PropertyCheck CHECK = new PropertyCheck(LlmBreakerProperties.PREFIX + ".fleet");

	private static final int LONGEST_NAMESPACE = 100;

	@Bean
	@ConditionalOnMissingBean(BreakerSync.class)
	RedisBreakerSync llmBreakerSync(RedisConnectionFactory redis, LlmBreakerProperties properties,
			Environment environment, Ticker ticker, ObjectProvider<Clock> clock) {
		return new RedisBreakerSync(redis, namespaceOf(properties.fleet().namespace(), environment), ticker,
				clock.getIfUnique(Clock::systemUTC), new NamedThreadFactory("llm-breaker-fleet"));
	}

	private static String namespaceOf(@Nullable String given, Environment environment) {
		String name = (given != null) ? given : environment.getProperty("spring.application.name", "application");
		if (name.isBlank() || name.length() > LONGEST_NAMESPACE || !name.matches("[^{}\\s\\p{Cntrl}]+")) {
			if (given == null) {
				// not meant for us, and still the same for all instances
				return "application-" + Integer.toHexString(name.hashCode());
			}
			throw CHECK.invalid("namespace", given,
					"must have 1 to %d characters, no space and no braces".formatted(LONGEST_NAMESPACE),
					"Set it to a short name that is the same for all instances, or remove it.");
		}
		return name;
	}

	/**
	 * Keeps the scripts, and where Lettuce leads, in a native image.
	 */
	static final class ScriptHints implements RuntimeHintsRegistrar {

		@Override
		public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
			hints.resources().registerPattern("io/github/llmbreaker/redis/*.lua");
			hints.reflection()
				.registerTypeIfPresent(classLoader,
						"org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory",
						(type) -> type.withField("configuration"));
		}

	}

}
