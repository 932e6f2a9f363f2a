// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Remembers a few hosts that no provider claims and that were asked for what only LLM
 * APIs offer, so that nobody is unguarded without knowing. Keeps hosts and nothing else
 * of a request: no path, no query, no body. A request to anywhere else costs a look at
 * the end of its path.
 *
 * @since 0.1.0
 */
public final class UnguardedHosts {

	private static final int MAX_HOSTS = 20;

	/** How paths end that only LLM APIs have, and the dialect that this tells. */
	private static final Map<String, String> DIALECTS = dialects();

	private static final String[] ENDS = DIALECTS.keySet().toArray(String[]::new);

	private final Map<String, Host> hosts = new ConcurrentHashMap<>();

	private final List<Host> inOrder = new ArrayList<>();

	private final boolean enabled;

	private volatile Consumer<Host> listener = (host) -> {
	};

	/** The hosts are full: there is nothing more to find out. */
	private volatile boolean full;

	UnguardedHosts(boolean enabled) {
		this.enabled = enabled;
	}

	private static Map<String, String> dialects() {
		Map<String, String> dialects = new LinkedHashMap<>();
		for (String end : List.of("/chat/completions", "/v1/completions", "/v1/responses", "/v1/embeddings")) {
			dialects.put(end, LlmProviders.DEFAULT_DIALECT);
		}
		dialects.put("/v1/messages", "anthropic");
		dialects.put(":generateContent", "google-gemini");
		dialects.put(":streamGenerateContent", "google-gemini");
		dialects.put("/converse", "aws-bedrock");
		dialects.put("/converse-stream", "aws-bedrock");
		dialects.put("/invoke-with-response-stream", "aws-bedrock");
		return dialects;
	}

	/**
	 * Looks at a request that no provider claims.
	 * @param url where it goes
	 */
	void see(URI url) {
		String path = url.getRawPath();
		if (!this.enabled || this.full || path == null || path.length() < 2) {
			return;
		}
		String end = end(path);
		if (end != null) {
			remember(url, DIALECTS.getOrDefault(end, LlmProviders.DEFAULT_DIALECT));
		}
	}

	/** Allocates nothing, as it is asked about every request of the application. */
	private static @Nullable String end(String path) {
		int length = path.length() - ((path.charAt(path.length() - 1) == '/') ? 1 : 0);
		for (String end : ENDS) {
			if (length >= end.length() && path.startsWith(end, length - end.length())) {
				return end;
			}
		}
		return null;
	}

	private void remember(URI url, String dialect) {
		String host = (url.getHost() != null) ? url.getHost()
				: (url.getRawAuthority() != null) ? UrlClaim.hostOf(url.getRawAuthority()) : null;
		if (host == null || this.hosts.containsKey(host)) {
			return;
		}
		Host found = Host.of(host.toLowerCase(Locale.ROOT), url, dialect);
		synchronized (this.inOrder) {
			if (this.inOrder.size() == MAX_HOSTS || this.hosts.putIfAbsent(host, found) != null) {
				return;
			}
			this.inOrder.add(found);
			this.full = this.inOrder.size() == MAX_HOSTS;
		}
		this.listener.accept(found);
	}

	/**
	 * Tells somebody of every host that is new.
	 * @param listener is told on the calling thread, so it should be quick
	 */
	public void report(Consumer<Host> listener) {
		this.listener = listener;
	}

	/**
	 * Returns the hosts.
	 * @return those seen so far, the first one first; at most 20
	 */
	public List<Host> hosts() {
		synchronized (this.inOrder) {
			return List.copyOf(this.inOrder);
		}
	}

	/**
	 * A host that no provider claims.
	 *
	 * @param host its name
	 * @param hint the YAML that would have its calls guarded
	 */
	public record Host(String host, String hint) {

		static Host of(String host, URI url, String dialect) {
			String port = (url.getPort() >= 0) ? ":" + url.getPort() : "";
			String name = host.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
			return new Host(host, """
					llm-breaker:
					  providers:
					    %s:
					      dialect: %s
					      base-urls: ["%s://%s%s"]
					""".formatted(name.isEmpty() ? "my-llm" : name, dialect,
					(url.getScheme() != null) ? url.getScheme() : "https", host, port));
		}

	}

}
