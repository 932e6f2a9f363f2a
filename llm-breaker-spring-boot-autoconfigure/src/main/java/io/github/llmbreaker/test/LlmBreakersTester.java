// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.test;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.breaker.Breaker;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.LlmProvider;
import io.github.llmbreaker.provider.LlmProviders;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;

/**
 * Has models fail on demand, without a server. Becomes a bean by
 * {@code @Import(LlmBreakersTester.class)}.
 * <p>
 * A model can be {@linkplain #open left alone} as if it had failed before, or
 * {@linkplain #answer answer} each call in a given way, or {@linkplain #cutStream break
 * its streams}. What it answers comes over a real connection from within this JVM, so
 * that each guarded client sees what it would see of the provider, and the breaker judges
 * it; the provider itself is not called, and no credential is sent. That works for
 * everything that a guarded client sends, that of a vendor's SDK, Spring AI or
 * LangChain4j included; a guarded method that uses none of them can only be left alone.
 * <p>
 * A model is named by provider and name, whatever endpoint the call is for; a provider
 * without a partition means all of them, as far as answers go. All of it ends with the
 * test, unless {@code llm-breaker.test.reset} is {@code false}.
 *
 * @since 0.1.0
 */
public final class LlmBreakersTester implements DisposableBean {

	private static final String ID = "llm-breaker-tester";

	private static final Map<String, String> FIRST_EVENTS = Map.of("openai", """
			data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"tester",\
			"choices":[{"index":0,"delta":{"role":"assistant","content":"Once"},"finish_reason":null}]}

			""", "anthropic", """
			event: message_start
			data: {"type":"message_start","message":{"id":"1","type":"message","role":"assistant","model":"tester",\
			"content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}}

			event: content_block_start
			data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

			event: content_block_delta
			data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Once"}}

			""", "google-gemini", """
			data: {"candidates":[{"index":0,"content":{"role":"model","parts":[{"text":"Once"}]}}]}

			""");

	private final BreakerRegistry registry;

	private final LlmProviders providers;

	private final Map<String, LlmProvider> standIns = new ConcurrentHashMap<>();

	private final PlayedProvider played = new PlayedProvider();

	/**
	 * Creates a tester.
	 * @param registry the breakers of the application
	 * @param providers the providers of the application
	 */
	public LlmBreakersTester(BreakerRegistry registry, LlmProviders providers) {
		this.registry = registry;
		this.providers = providers;
	}

	/**
	 * Returns the breaker of a model, which is made if no call has done so yet.
	 * @param target the model
	 * @return its breaker
	 * @throws IllegalArgumentException if calls to the target meet their provider's
	 * breaker only
	 */
	public LlmBreaker breaker(LlmTarget target) {
		Breaker breaker = this.registry.gate(target).modelBreaker();
		if (breaker == null) {
			throw new IllegalArgumentException("%s has no breaker of its own".formatted(target));
		}
		return breaker;
	}

	/**
	 * Has all calls to a model rejected until told otherwise.
	 * @param target the model
	 */
	public void open(LlmTarget target) {
		breaker(target).forceOpen(null);
	}

	/**
	 * Has all calls to a model rejected for a while; then its breaker probes.
	 * @param target the model
	 * @param duration how long; this is the wait that rejections name
	 */
	public void open(LlmTarget target, Duration duration) {
		breaker(target).forceOpen(Objects.requireNonNull(duration));
	}

	/**
	 * Has a model answer each call with a status, such as 529, and an error that says no
	 * more than that.
	 * @param target the model
	 * @param status the status, from 400 to 599
	 * @throws IllegalArgumentException if there is no such status, or nobody knows the
	 * provider
	 */
	public void answer(LlmTarget target, int status) {
		if (status < 400) {
			throw new IllegalArgumentException("An answer with status %d needs a body".formatted(status));
		}
		answer(target, status, Map.of(), "{\"error\":{\"message\":\"A test asked for %d\"}}".formatted(status));
	}

	/**
	 * Has a model answer each call in the same way.
	 * @param target the model
	 * @param status the status, from 200 to 599
	 * @param headers headers of the answer, such as {@code Retry-After}; its content type
	 * is JSON if it is not among them
	 * @param body the body
	 * @throws IllegalArgumentException if there is no such status, or nobody knows the
	 * provider
	 */
	public void answer(LlmTarget target, int status, Map<String, String> headers, String body) {
		play(target, PlayedAnswer.whole(status, headers, body));
	}

	/**
	 * Has each stream of a model break after its first words.
	 * @param target the model, of a provider that speaks the API of OpenAI, Anthropic or
	 * Gemini
	 * @throws IllegalArgumentException if its provider speaks another one; say then what
	 * comes before the cut
	 */
	public void cutStream(LlmTarget target) {
		String family = dialect(target).family();
		String beginning = FIRST_EVENTS.get(family);
		if (beginning == null) {
			throw new IllegalArgumentException(
					"No stream is known for dialect '%s'; say how it begins".formatted(family));
		}
		cutStream(target, beginning);
	}

	/**
	 * Has each stream of a model break.
	 * @param target the model
	 * @param beginning the server-sent events that come before
	 * @throws IllegalArgumentException if nobody knows the provider
	 */
	public void cutStream(LlmTarget target, String beginning) {
		play(target, PlayedAnswer.cut(beginning));
	}

	/**
	 * Returns how many requests a model has got since it was told what to answer.
	 * Rejected calls send none.
	 * @param target the model
	 * @return the number of requests; 0 if it was told nothing
	 */
	public int requests(LlmTarget target) {
		return this.played.requests(key(target));
	}

	/**
	 * Lets calls to a model pass again, to its provider.
	 * @param target the model
	 */
	public void close(LlmTarget target) {
		this.standIns.remove(key(target));
		this.played.forget(key(target));
		breaker(target).reset();
	}

	/**
	 * Lets the calls to all models pass to their providers again, as they did before the
	 * test. The breakers keep what they know.
	 */
	public void closeAll() {
		this.standIns.clear();
		this.played.forgetAll();
		this.providers.standIn(null);
	}

	@Override
	public void destroy() {
		closeAll();
		this.played.stop();
	}

	private void play(LlmTarget target, PlayedAnswer answer) {
		LlmDialect dialect = dialect(target);
		URI url = this.played.play(key(target), answer);
		this.standIns.put(key(target), new LlmProvider(ID, dialect, List.of(url), "none"));
		this.providers.standIn(this::standIn);
	}

	private @Nullable LlmProvider standIn(LlmTarget target) {
		LlmProvider standIn = this.standIns.get(key(target));
		return (standIn != null || target.partition() == null) ? standIn
				: this.standIns.get(target.providerId() + ":" + target.model());
	}

	private LlmDialect dialect(LlmTarget target) {
		return this.providers.find(target.provider())
			.map(LlmProvider::dialect)
			.orElseThrow(() -> new IllegalArgumentException("There is no provider '%s'".formatted(target.provider())));
	}

	private static String key(LlmTarget target) {
		return target.provider() + ":" + target.model();
	}

}
