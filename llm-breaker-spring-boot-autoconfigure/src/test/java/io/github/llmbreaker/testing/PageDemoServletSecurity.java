// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.testing;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Users who may look, and users who may change: Spring Security with its defaults, and
 * the strictest policy for content that lets a page of its own work at all.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("demo.security")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableWebSecurity
class PageDemoServletSecurity {

	@Bean
	SecurityFilterChain demoSecurity(HttpSecurity http) {
		return http
			.authorizeHttpRequests((requests) -> requests.requestMatchers(HttpMethod.GET, "/**")
				.authenticated()
				.anyRequest()
				.hasRole("ADMIN"))
			.headers((headers) -> headers.contentSecurityPolicy((policy) -> policy
				.policyDirectives("default-src 'self'; object-src 'none'; frame-ancestors 'none'")))
			.httpBasic(Customizer.withDefaults())
			.build();
	}

	@Bean
	UserDetailsService demoUsers() {
		return new InMemoryUserDetailsManager(
				User.withUsername("viewer").password("{noop}viewer").roles("VIEWER").build(),
				User.withUsername("admin").password("{noop}admin").roles("ADMIN").build());
	}

}
