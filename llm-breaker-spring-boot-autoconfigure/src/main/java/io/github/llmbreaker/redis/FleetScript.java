// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;

/**
 * What Redis does as one step.
 */
enum FleetScript {

	CHANGE("breakers", "meta", "leases", "calls"), BEAT("breakers", "meta", "leases", "instances"),
	READ("breakers", "meta", "leases"), CLAIM("leases"), LEAVE("leases", "instances"), TELL("calls", "meta");

	private final List<String> keys;

	@SuppressWarnings("rawtypes")
	private final DefaultRedisScript<List> script = new DefaultRedisScript<>();

	FleetScript(String... keys) {
		this.keys = List.of(keys);
		this.script.setLocation(new ClassPathResource(name().toLowerCase(Locale.ROOT) + ".lua", FleetScript.class));
		this.script.setResultType(List.class);
	}

	@SuppressWarnings("unchecked")
	List<String> run(StringRedisTemplate redis, FleetSettings settings, @Nullable String breaker, Object... arguments) {
		List<String> names = this.keys.stream()
			.map((key) -> settings.key("calls".equals(key) ? key + ":" + breaker : key))
			.toList();
		return redis.execute(this.script, names, arguments);
	}

}
