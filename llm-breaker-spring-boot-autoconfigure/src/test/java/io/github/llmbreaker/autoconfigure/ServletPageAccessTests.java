// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.WebInvocationPrivilegeEvaluator;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServletPageAccess}.
 */
class ServletPageAccessTests {

	private final StaticListableBeanFactory beans = new StaticListableBeanFactory();

	@BeforeEach
	void receiveARequest() {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/app/actuator/llmbreakers");
		request.setContextPath("/app");
		RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request, new MockHttpServletResponse()));
	}

	@AfterEach
	void endTheRequest() {
		RequestContextHolder.resetRequestAttributes();
	}

	@Test
	void asksForTheChangeOfABreaker() {
		assertThat(mayWrite((path, method) -> "/app /actuator/llmbreakers/name".equals(path) && "POST".equals(method)))
			.isTrue();
		assertThat(mayWrite((path, method) -> false)).isFalse();
	}

	@Test
	void offersItWhereARuleCannotBeAsked() {
		assertThat(mayWrite((path, method) -> {
			throw new UnsupportedOperationException("no real request");
		})).isTrue();
	}

	@Test
	void offersItWithoutAnEvaluator() {
		assertThat(access().mayWrite()).isTrue();
	}

	private boolean mayWrite(Rule rule) {
		this.beans.addBean("evaluator", new WebInvocationPrivilegeEvaluator() {

			@Override
			public boolean isAllowed(String uri, Authentication authentication) {
				return isAllowed("", uri, "GET", authentication);
			}

			@Override
			public boolean isAllowed(String contextPath, String uri, String method, Authentication authentication) {
				return rule.allows(contextPath + " " + uri, method);
			}

		});
		return access().mayWrite();
	}

	private ServletPageAccess access() {
		return new ServletPageAccess(new EndpointPageAccess(null),
				this.beans.getBeanProvider(WebInvocationPrivilegeEvaluator.class));
	}

	/**
	 * Says what is allowed.
	 */
	private interface Rule {

		boolean allows(String path, String method);

	}

}
