// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.net.URI;
import java.util.List;

import io.github.llmbreaker.CallOutcome;
import org.jspecify.annotations.Nullable;

/**
 * One API family: what its URLs ask for and what its answers mean. Reports facts only;
 * whether something counts is decided by policy. Beans of this type add dialects of the
 * application's own, a bean with the id of a built-in dialect replaces it.
 * Implementations are stateless and safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface LlmDialect {

	/**
	 * Returns the name by which {@code llm-breaker.providers.*.dialect} selects it.
	 * @return lower-case letters, digits and hyphens
	 */
	String id();

	/**
	 * Returns where the public service is, as {@code host}, {@code *.host-suffix},
	 * {@code host/path-prefix} or {@code host:port}; a {@code *} may stand anywhere in
	 * the host, and {@code localhost} stands for all loopback addresses. A request to one
	 * of these belongs to the provider with this dialect's id.
	 * @return the hosts; empty if there is no public service
	 */
	default List<String> hosts() {
		return List.of();
	}

	/**
	 * Says what a request asks for.
	 * @param path the raw (still percent-encoded) path of the request, without query;
	 * starts with a slash
	 * @return the operation, {@link LlmOperation#UNKNOWN} for a path that is not known
	 */
	LlmOperation operation(String path);

	/**
	 * Judges an answer whose status is no success.
	 * @param answer the answer
	 * @return how the call ended; {@link CallOutcome#countsAsFailure()} is a proposal
	 */
	CallOutcome classify(ErrorAnswer answer);

	/**
	 * Starts to watch the body of an answer whose status is a success.
	 * @param head the answer's status and headers
	 * @return a new observer for this one body
	 */
	BodyObserver observe(AnswerHead head);

	/**
	 * Returns the path that asks for another model, for APIs that name the model there.
	 * @param path the raw path of the request
	 * @param model the other model
	 * @return the path to use; the same where the body names the model
	 */
	default String pathFor(String path, String model) {
		return path;
	}

	/**
	 * Returns the path under which the first of the {@link #hosts()} serves the
	 * operations, such as {@code /openai/v1}. Used to send a call there that was made for
	 * another base URL.
	 * @return the path; empty if it is that of the call
	 */
	default String basePath() {
		return "";
	}

	/**
	 * Returns the id of the dialect whose requests its service understands as well, so
	 * that calls can fall back from one to the other.
	 * @return the id; its own by default
	 */
	default String family() {
		return id();
	}

	/**
	 * Returns the model's name for what stands in a request's body, for APIs that allow
	 * more than one spelling.
	 * @param name the name in the body
	 * @return the name to use
	 */
	default String modelName(String name) {
		return name;
	}

	/**
	 * Returns the header that carries an API key.
	 * @param apiKey the key
	 * @return name and value
	 */
	default AuthHeader authorize(String apiKey) {
		return new AuthHeader("Authorization", "Bearer " + apiKey);
	}

	/**
	 * Returns the credential that a request carries, so that each has breakers of its own
	 * where that is wanted. Nothing but its fingerprint is kept in names.
	 * @param headers the request's headers
	 * @param url where it goes
	 * @return what is the same in all requests with this credential; {@code null} if
	 * there is none
	 */
	default @Nullable String credential(HeaderLookup headers, URI url) {
		return RequestCredentials.find(authorize("").name(), null, headers, url);
	}

}
