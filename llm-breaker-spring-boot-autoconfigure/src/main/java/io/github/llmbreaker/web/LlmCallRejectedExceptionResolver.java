// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.web;

import java.io.IOException;

import io.github.llmbreaker.LlmCallRejectedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Spring MVC: answers a request with 503 and {@code Retry-After} when nobody else handles
 * its {@link LlmCallRejectedException}. Comes after all exception handlers of the
 * application.
 *
 * @since 0.1.0
 */
public final class LlmCallRejectedExceptionResolver implements HandlerExceptionResolver, Ordered {

	private static final Logger logger = LoggerFactory.getLogger(LlmCallRejectedExceptionResolver.class);

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception ex) {
		RejectionProblem problem = RejectionProblem.find(ex);
		if (problem == null || response.isCommitted()) {
			return null;
		}
		try {
			write(problem, response);
		}
		catch (IOException failure) {
			logger.debug("The client is gone", failure);
		}
		return new ModelAndView();
	}

	private static void write(RejectionProblem problem, HttpServletResponse response) throws IOException {
		byte[] body = problem.body();
		response.resetBuffer();
		response.setStatus(RejectionProblem.STATUS);
		response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(problem.retryAfterSeconds()));
		response.setHeader(RejectionProblem.SHOULD_RETRY, RejectionProblem.SHOULD_NOT_RETRY);
		response.setContentType(RejectionProblem.CONTENT_TYPE);
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

}
