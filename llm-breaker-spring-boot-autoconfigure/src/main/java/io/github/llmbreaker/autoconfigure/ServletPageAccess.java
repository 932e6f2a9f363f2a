// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import io.github.llmbreaker.actuate.endpoint.PageAccess;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.access.WebInvocationPrivilegeEvaluator;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * What Spring Security says about who looks at the page, on Spring MVC.
 */
final class ServletPageAccess implements PageAccess {

	private static final Logger logger = LoggerFactory.getLogger(ServletPageAccess.class);

	private final PageAccess endpoint;

	private final ObjectProvider<WebInvocationPrivilegeEvaluator> evaluator;

	ServletPageAccess(PageAccess endpoint, ObjectProvider<WebInvocationPrivilegeEvaluator> evaluator) {
		this.endpoint = endpoint;
		this.evaluator = evaluator;
	}

	@Override
	public boolean mayWrite() {
		ServletRequestAttributes current = current();
		WebInvocationPrivilegeEvaluator evaluator = this.evaluator.getIfAvailable();
		return this.endpoint.mayWrite()
				&& (current == null || evaluator == null || isAllowed(current.getRequest(), evaluator));
	}

	@Override
	public void sendToken() {
		ServletRequestAttributes current = current();
		if (current != null && current.getRequest().getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
				&& current.getResponse() != null) {
			HttpServletResponse response = current.getResponse();
			response.setHeader(TOKEN_NAME_HEADER, token.getHeaderName());
			response.setHeader(TOKEN_HEADER, token.getToken());
		}
	}

	/** Asks for a name that can't be taken from the rules for the page itself. */
	private static boolean isAllowed(HttpServletRequest request, WebInvocationPrivilegeEvaluator evaluator) {
		String path = request.getRequestURI().substring(request.getContextPath().length());
		try {
			return evaluator.isAllowed(request.getContextPath(), path + "/name", "POST",
					SecurityContextHolder.getContext().getAuthentication());
		}
		catch (RuntimeException ex) {
			// it asks the rules with a request of its own, which not every rule can take
			logger.debug("Whether the page may change breakers is not known before it tries", ex);
			return true;
		}
	}

	private static @Nullable ServletRequestAttributes current() {
		return (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current) ? current
				: null;
	}

}
