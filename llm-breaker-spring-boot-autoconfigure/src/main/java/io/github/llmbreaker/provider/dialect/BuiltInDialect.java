// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.provider.AnswerHead;
import io.github.llmbreaker.provider.AuthHeader;
import io.github.llmbreaker.provider.BodyObserver;
import io.github.llmbreaker.provider.ErrorAnswer;
import io.github.llmbreaker.provider.HeaderLookup;
import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.LlmOperation;
import io.github.llmbreaker.provider.RequestCredentials;
import io.github.llmbreaker.provider.dialect.ModelPaths.Place;
import io.github.llmbreaker.provider.error.ContentEncodings;
import io.github.llmbreaker.provider.error.ErrorBodies;
import io.github.llmbreaker.provider.error.ErrorFacts;
import io.github.llmbreaker.provider.error.ErrorRules;
import io.github.llmbreaker.provider.stream.AnswerObserver;
import io.github.llmbreaker.provider.stream.ApiEvents;
import io.github.llmbreaker.provider.stream.EventTable;
import io.github.llmbreaker.provider.stream.OpaqueObserver;
import org.jspecify.annotations.Nullable;

/**
 * A dialect that comes with the library: one row says who it is, where it is and how it
 * reports errors, and after that what it has besides the paths and events of OpenAI.
 */
class BuiltInDialect implements LlmDialect {

	private static final ModelPaths NO_MODELS = (path) -> null;

	private final String id;

	private final ErrorRules errors;

	private final List<String> hosts;

	private final PathTable paths = new PathTable();

	private final Map<String, EventTable> events = new HashMap<>();

	private ModelPaths modelPaths = NO_MODELS;

	private String family;

	private String basePath = "";

	private String modelPrefix = "";

	private @Nullable String keyHeader;

	private @Nullable String keyParameter;

	/** Starts a row: who it is, how it reports errors, where its public service is. */
	BuiltInDialect(String id, ErrorRules errors, String... hosts) {
		this.id = id;
		this.errors = errors;
		this.hosts = List.of(hosts);
		this.family = id;
	}

	/**
	 * It takes what is meant for OpenAI, so that each can stand in for the other.
	 * @param path the path under which the first host serves the operations, without a
	 * version if callers say it
	 */
	final BuiltInDialect likeOpenAi(String path) {
		this.family = "openai";
		this.basePath = path;
		return this;
	}

	/** Requests to paths that end like this name the model in the body. */
	final BuiltInDialect path(String suffix, String endpoint) {
		this.paths.add(suffix, endpoint);
		return this;
	}

	/** The same, with answers that mean something else than OpenAI's. */
	final BuiltInDialect path(String suffix, String endpoint, EventTable answers) {
		this.events.put(endpoint, answers);
		return path(suffix, endpoint);
	}

	/** Answers of an endpoint mean something else than OpenAI's. */
	final BuiltInDialect answers(String endpoint, EventTable answers) {
		this.events.put(endpoint, answers);
		return this;
	}

	/** Requests to paths that end like this name no model. */
	final BuiltInDialect pathWithoutModel(String suffix, String endpoint) {
		this.paths.addWithoutModel(suffix, endpoint);
		return this;
	}

	/** Some paths name the model. */
	final BuiltInDialect modelInPath(ModelPaths models) {
		this.modelPaths = models;
		return this;
	}

	/** What a body may put before the name of the model, as paths do. */
	final BuiltInDialect modelPrefix(String prefix) {
		this.modelPrefix = prefix;
		return this;
	}

	/** The header of the API key, where it is no bearer token. */
	final BuiltInDialect keyHeader(String name) {
		this.keyHeader = name;
		return this;
	}

	/** The query parameter by which the API key may come as well. */
	final BuiltInDialect keyParameter(String name) {
		this.keyParameter = name;
		return this;
	}

	@Override
	public final String id() {
		return this.id;
	}

	@Override
	public final List<String> hosts() {
		return this.hosts;
	}

	@Override
	public final String family() {
		return this.family;
	}

	@Override
	public final String basePath() {
		return this.basePath;
	}

	@Override
	public final LlmOperation operation(String path) {
		Place place = this.modelPaths.find(path);
		if (place != null) {
			return place.operation(path);
		}
		LlmOperation operation = this.paths.find(path);
		return (operation != null) ? operation : OpenAiPaths.operation(path);
	}

	@Override
	public final String pathFor(String path, String model) {
		Place place = this.modelPaths.find(path);
		return (place != null) ? place.replace(path, this.modelPaths.encode(model)) : path;
	}

	@Override
	public final String modelName(String name) {
		return name.startsWith(this.modelPrefix) ? name.substring(this.modelPrefix.length()) : name;
	}

	@Override
	public final AuthHeader authorize(String apiKey) {
		return (this.keyHeader != null) ? new AuthHeader(this.keyHeader, apiKey) : LlmDialect.super.authorize(apiKey);
	}

	@Override
	public final @Nullable String credential(HeaderLookup headers, URI url) {
		return RequestCredentials.find((this.keyHeader != null) ? this.keyHeader : "Authorization", this.keyParameter,
				headers, url);
	}

	@Override
	public final CallOutcome classify(ErrorAnswer answer) {
		ErrorFacts facts = ErrorBodies.read(answer);
		CallOutcome outcome = this.errors.judge(facts, false);
		facts.release();
		return outcome;
	}

	@Override
	public final BodyObserver observe(AnswerHead head) {
		EventTable answers = this.events.get(head.endpoint());
		answers = (answers != null) ? answers : ApiEvents.of(head.endpoint());
		if (answers == null || ContentEncodings.isEncoded(head.headers().first("content-encoding"))) {
			return new OpaqueObserver(head);
		}
		return new AnswerObserver(head, this.errors, answers);
	}

}
