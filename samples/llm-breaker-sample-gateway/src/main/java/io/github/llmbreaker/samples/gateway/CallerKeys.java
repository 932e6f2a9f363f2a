// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.llmbreaker.LlmTarget;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Knows who may call. Only hashes are kept, and comparing takes the same time whatever is
 * presented.
 */
final class CallerKeys {

	/**
	 * Where a caller presents its key if it needs {@code Authorization} for the provider.
	 */
	static final String HEADER = "x-gateway-key";

	private static final String HASHED = "sha256:";

	private static final int HASH_LENGTH = 64;

	private static final String BEARER = "bearer ";

	private final List<Key> keys;

	CallerKeys(Map<String, String> keys) {
		this.keys = keys.entrySet()
			.stream()
			.map((key) -> new Key(new Caller(key.getKey()), hash(key.getKey(), key.getValue())))
			.toList();
	}

	boolean isEmpty() {
		return this.keys.isEmpty();
	}

	/**
	 * Returns who makes a request.
	 * @param headers its headers
	 * @return whose key it presents; {@code null} if nobody's
	 */
	@Nullable Caller caller(HttpHeaders headers) {
		String presented = presented(headers);
		if (presented == null) {
			return null;
		}
		byte[] hash = sha256(presented);
		Caller caller = null;
		for (Key key : this.keys) {
			caller = MessageDigest.isEqual(key.hash(), hash) ? key.caller() : caller;
		}
		return caller;
	}

	/** Whether the request's {@code Authorization} is meant for the provider. */
	boolean leaveAuthorization(HttpHeaders headers) {
		return this.keys.isEmpty() || headers.getFirst(HEADER) != null;
	}

	private static @Nullable String presented(HttpHeaders headers) {
		String key = headers.getFirst(HEADER);
		if (key != null) {
			return key;
		}
		String authorization = headers.getFirst(HttpHeaders.AUTHORIZATION);
		if (authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
			return authorization.substring(BEARER.length()).strip();
		}
		return headers.getFirst("api-key");
	}

	private static byte[] hash(String name, String key) {
		if (!key.startsWith(HASHED)) {
			if (key.isBlank()) {
				throw new IllegalArgumentException("'gateway.keys." + name + "' must not be empty");
			}
			return sha256(key);
		}
		String hex = key.substring(HASHED.length()).toLowerCase(Locale.ROOT);
		if (hex.length() != HASH_LENGTH || !hex.chars().allMatch(HexFormat::isHexDigit)) {
			throw new IllegalArgumentException("'gateway.keys." + name + "' must have 64 hexadecimal digits after '"
					+ HASHED + "', as of: printf %s \"$KEY\" | sha256sum");
		}
		return HexFormat.of().parseHex(hex);
	}

	private static byte[] sha256(String text) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/**
	 * Someone who may call.
	 *
	 * @param name the name of its key
	 * @param target its own breakers of the provider; which of them, each request says
	 */
	record Caller(String name, LlmTarget target) {

		private Caller(String name) {
			this(name, target(name));
		}

		private static LlmTarget target(String name) {
			try {
				return new LlmTarget("openai@" + name, null, null);
			}
			catch (IllegalArgumentException ex) {
				throw new IllegalArgumentException(
						"The names below 'gateway.keys' must not be empty or hold a ':' (was '" + name + "')");
			}
		}

	}

	@SuppressWarnings("ArrayRecordComponent")
	private record Key(Caller caller, byte[] hash) {
	}

}
