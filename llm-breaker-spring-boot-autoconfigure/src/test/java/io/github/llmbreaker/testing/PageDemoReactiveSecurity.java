// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.testing;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.server.SecurityWebFilterChain;

/**
 * The same users on Spring WebFlux.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("demo.security")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@EnableWebFluxSecurity
class PageDemoReactiveSecurity {

	@Bean
	SecurityWebFilterChain demoSecurity(ServerHttpSecurity http) {
		return http
			.authorizeExchange((exchanges) -> exchanges.pathMatchers(HttpMethod.GET, "/**")
				.authenticated()
				.anyExchange()
				.hasRole("ADMIN"))
			.headers((headers) -> headers.contentSecurityPolicy((policy) -> policy
				.policyDirectives("default-src 'self'; object-src 'none'; frame-ancestors 'none'")))
			.httpBasic(Customizer.withDefaults())
			.build();
	}

	@Bean
	MapReactiveUserDetailsService demoUsers() {
		return new MapReactiveUserDetailsService(
				User.withUsername("viewer").password("{noop}viewer").roles("VIEWER").build(),
				User.withUsername("admin").password("{noop}admin").roles("ADMIN").build());
	}

}
