// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.io.IOException;
import java.util.function.Supplier;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import io.github.llmbreaker.call.RequestRoute;

import org.springframework.util.function.SingletonSupplier;

/**
 * Sends the requests of one model.
 */
interface CallTransport {

	/**
	 * Sends a request and waits for the head of the answer.
	 * @param call what to send
	 * @param route where it goes
	 * @param stream whether a stream is asked for
	 * @return the answer
	 * @throws IOException why there is none
	 */
	ClientAnswer send(ModelRequest call, RequestRoute route, boolean stream) throws IOException;

	/**
	 * Returns the client that a builder builds, for what is no LLM call.
	 */
	static Supplier<HttpClient> unguarded(HttpClientBuilder builder) {
		if (JdkTransport.isFor(builder)) {
			return SingletonSupplier.of(JdkTransport.copyOf(builder)::build)::obtain;
		}
		HttpClient built = builder.build();
		return () -> built;
	}

	/**
	 * Returns the transport for the client that a builder would build. What goes to
	 * another provider is sent by a client of our own, which has none of its settings.
	 */
	static CallTransport of(HttpClientBuilder builder, Supplier<HttpClient> built) {
		CallTransport own = JdkTransport.isFor(builder) ? JdkTransport.of(builder) : new ClientTransport(built);
		CallTransport elsewhere = JdkTransport.elsewhere(builder);
		return (call, route, stream) -> (route.isCrossing() ? elsewhere : own).send(call, route, stream);
	}

}
