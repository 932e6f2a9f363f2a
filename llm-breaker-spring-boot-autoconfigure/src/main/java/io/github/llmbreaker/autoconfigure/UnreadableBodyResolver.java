// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Predicate;

import io.github.llmbreaker.actuate.endpoint.ProblemDescriptor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Spring MVC: tells what is allowed to who sends the endpoint a body that is no JSON, or
 * not such JSON. Comes before the handlers of the application, as it is for this endpoint
 * only.
 */
final class UnreadableBodyResolver implements HandlerExceptionResolver, Ordered {

	private final Predicate<Object> isOurs;

	UnreadableBodyResolver(Predicate<Object> isOurs) {
		this.isOurs = isOurs;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception ex) {
		Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		if (!(ex instanceof HttpMessageNotReadableException) || pattern == null || !this.isOurs.test(pattern)) {
			return null;
		}
		response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		try {
			response.getOutputStream().write(ProblemDescriptor.unreadable());
		}
		catch (IOException failure) {
			throw new UncheckedIOException(failure);
		}
		return new ModelAndView();
	}

}
