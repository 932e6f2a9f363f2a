// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.actuate.endpoint;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

import io.github.llmbreaker.breaker.Breaker;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;
import org.springframework.util.MimeType;

/**
 * What the endpoint adds over HTTP: a page for people, and operations on one breaker
 * whose name may hold slashes.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = LlmBreakersEndpoint.class)
public final class LlmBreakersWebEndpointExtension {

	private static final MimeType SCRIPT = MimeType.valueOf("text/javascript;charset=UTF-8");

	private static final MimeType PROBLEM = MimeType.valueOf("application/problem+json");

	private static final MimeType STYLE = MimeType.valueOf("text/css;charset=UTF-8");

	private final LlmBreakersEndpoint endpoint;

	private final PageAccess access;

	/**
	 * Creates the extension.
	 * @param endpoint what it extends
	 * @param access says what the page may offer
	 */
	public LlmBreakersWebEndpointExtension(LlmBreakersEndpoint endpoint, PageAccess access) {
		this.endpoint = endpoint;
		this.access = access;
	}

	/**
	 * Describes all breakers, or returns a part of the page. The parts are told apart by
	 * a parameter: whatever path the endpoint has, a script that is asked for with
	 * {@code ?page=script} comes from here.
	 * @param page the part of the page; {@code null} for the breakers
	 * @param since of the part {@code timelines}: only calls since then, as milliseconds
	 * of the epoch
	 * @return the description, the part, or 404
	 */
	@ReadOperation
	public WebEndpointResponse<Object> breakers(@Nullable String page, @Nullable Long since) {
		if (page == null) {
			return new WebEndpointResponse<>(this.endpoint.breakers());
		}
		return switch (page) {
			case "script" -> new WebEndpointResponse<>(BreakersPage.SCRIPT, SCRIPT);
			case "style" -> new WebEndpointResponse<>(BreakersPage.STYLE, STYLE);
			case "timelines" -> new WebEndpointResponse<>(this.endpoint.timelines((since != null) ? since : 0));
			case "access" -> {
				this.access.sendToken();
				yield new WebEndpointResponse<>(new AccessDescriptor(this.access.mayWrite()));
			}
			default -> new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		};
	}

	/** Returns a page that shows all breakers and keeps itself up to date. */
	@ReadOperation(produces = "text/html")
	public String page() {
		return BreakersPage.HTML;
	}

	/**
	 * Describes one breaker.
	 * @param name the segments of its name
	 * @return the description, or 404
	 */
	@ReadOperation
	public WebEndpointResponse<Object> breaker(@Selector(match = Selector.Match.ALL_REMAINING) String... name) {
		return find(name).flatMap((breaker) -> this.endpoint.describe(breaker.name()))
			.map((breaker) -> new WebEndpointResponse<Object>(breaker))
			.orElseGet(() -> problem(ProblemDescriptor.notFound()));
	}

	/**
	 * Brings a breaker into a state.
	 * @param name the segments of its name
	 * @param state the state
	 * @param duration for how long, when forced open; {@code null}: until told otherwise
	 * @return 204, 404, or 400 with what is allowed
	 */
	@WriteOperation
	public WebEndpointResponse<Object> change(@Selector(match = Selector.Match.ALL_REMAINING) String[] name,
			@Nullable String state, @Nullable String duration) {
		try {
			StateCommand command = StateCommand.parse(state, duration);
			return apply(name, command::applyTo);
		}
		catch (IllegalArgumentException ex) {
			return problem(ProblemDescriptor.badRequest(ex.getMessage()));
		}
	}

	/**
	 * Answers who wants to change a state but sends no JSON.
	 * @param name the segments of its name
	 * @return 400 with what is allowed
	 */
	@WriteOperation
	public WebEndpointResponse<Object> refuse(@Selector(match = Selector.Match.ALL_REMAINING) String... name) {
		return problem(ProblemDescriptor.noJson());
	}

	/**
	 * Resets a breaker.
	 * @param name the segments of its name
	 * @return 204 or 404
	 */
	@DeleteOperation
	public WebEndpointResponse<Object> reset(@Selector(match = Selector.Match.ALL_REMAINING) String... name) {
		return apply(name, Breaker::reset);
	}

	private WebEndpointResponse<Object> apply(String[] name, Consumer<Breaker> action) {
		Optional<Breaker> breaker = find(name);
		breaker.ifPresent(action);
		return breaker.isPresent() ? new WebEndpointResponse<>(WebEndpointResponse.STATUS_NO_CONTENT)
				: problem(ProblemDescriptor.notFound());
	}

	private static WebEndpointResponse<Object> problem(ProblemDescriptor problem) {
		return new WebEndpointResponse<>(problem, problem.status(), PROBLEM);
	}

	private Optional<Breaker> find(String[] segments) {
		String name = String.join("/", segments);
		// servers that reject %2F let %252F pass
		return this.endpoint.find(name).or(() -> decode(name).flatMap(this.endpoint::find));
	}

	private static Optional<String> decode(String name) {
		try {
			return name.contains("%") ? Optional.of(URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8))
					: Optional.empty();
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	/**
	 * What who looks may do.
	 *
	 * @param write whether breakers may be changed
	 * @since 0.1.0
	 */
	public record AccessDescriptor(boolean write) implements OperationResponseBody {

	}

}
