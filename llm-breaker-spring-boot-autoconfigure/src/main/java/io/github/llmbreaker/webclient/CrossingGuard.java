// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.webclient;

import java.io.Serial;
import java.net.URI;
import java.util.function.Consumer;

import io.github.llmbreaker.provider.LlmProvider;
import io.github.llmbreaker.provider.request.RequestRewrite;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.function.BodyInserter;

/**
 * Stands where a request to another provider is written, and lets nothing through that
 * belongs to the first one.
 * <p>
 * Filters, hooks and connectors of the application run after our filter. What they add is
 * removed when the request is committed; a filter may replace the hook or the body, so
 * both do it. Only a filter that replaces both, which is a request of its own, is not
 * seen.
 */
final class CrossingGuard {

	private static final boolean REACTOR_NETTY = ClassUtils.isPresent("reactor.netty.http.client.HttpClientRequest",
			CrossingGuard.class.getClassLoader());

	private static final int MAX_CAUSES = 8;

	private final RequestRewrite rewrite;

	private final URI url;

	CrossingGuard(RequestRewrite rewrite) {
		this.rewrite = rewrite;
		this.url = rewrite.url();
	}

	/** Returns a hook that guards after the application's. */
	Consumer<ClientHttpRequest> hook(@Nullable Consumer<ClientHttpRequest> original) {
		return (original != null) ? original.andThen(this::guard) : this::guard;
	}

	/** Returns a body that guards before it is written. */
	BodyInserter<?, ClientHttpRequest> body(BodyInserter<?, ClientHttpRequest> original) {
		return (request, context) -> {
			guard(request);
			return original.insert(request, context);
		};
	}

	/** Whether a guard has kept a request from being sent. */
	static boolean hasStopped(Throwable error) {
		Throwable cause = error;
		for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
			if (cause instanceof ChangedUrlException) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

	private void guard(ClientHttpRequest request) {
		// the writers of the body see what will be sent
		clean(request);
		request.beforeCommit(() -> Mono.fromRunnable(() -> {
			check(request.getURI().equals(this.url));
			clean(request);
			if (REACTOR_NETTY) {
				Object nativeRequest = request.getNativeRequest();
				check(!ReactorNettyRequest.isRedirected(nativeRequest));
				ReactorNettyRequest.clean(nativeRequest, this.rewrite);
			}
		}));
	}

	private void clean(ClientHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		this.rewrite.clean(headers.headerNames(), headers::remove, headers::set);
		request.getCookies().clear();
	}

	/** A URL that somebody has changed may hold anything. */
	private void check(boolean unchanged) {
		if (!unchanged) {
			throw new ChangedUrlException(this.rewrite.provider(), this.url);
		}
	}

	/**
	 * A request to another provider was not sent, because somebody has changed its URL
	 * after us. Has no stack trace: it would not show who.
	 */
	private static final class ChangedUrlException extends RuntimeException {

		@Serial
		private static final long serialVersionUID = 1L;

		ChangedUrlException(LlmProvider provider, URI url) {
			super("""
					A filter, a connector or a redirect changes the URL of a call to provider '%s', to which this call falls \
					back. It was not sent, as a changed URL may carry credentials of another provider. \
					Leave requests to %s://%s as they are"""
				.formatted(provider.id(), url.getScheme(), url.getAuthority()), null, false, false);
		}

	}

}
