// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ConcurrentLruCache;

/**
 * Names the partitions of providers by credentials: {@code openai@1a2b3c4d}. A credential
 * is hashed when it is seen first, and remembered as long as it is in use.
 */
final class CredentialNames {

	/** Bounded, as the credentials may be those of the application's users. */
	private static final int MAX_REMEMBERED = 4096;

	private static final int FINGERPRINT_BYTES = 4;

	private final ConcurrentLruCache<String, Fingerprint> fingerprints = new ConcurrentLruCache<>(MAX_REMEMBERED,
			Fingerprint::of);

	/**
	 * Returns the name of the partition of a provider.
	 * @param provider the provider's id
	 * @param credential the credential, a secret; {@code null} if there is none
	 * @return the name; the id itself without a credential
	 */
	String of(String provider, @Nullable String credential) {
		return (credential != null && !credential.isEmpty()) ? this.fingerprints.get(credential).at(provider)
				: provider;
	}

	/**
	 * What is left of a credential in names.
	 */
	private static final class Fingerprint {

		private final String suffix;

		/** Nearly always there is one provider for a credential. */
		private volatile Name latest;

		private Fingerprint(String suffix) {
			this.suffix = suffix;
			this.latest = new Name("", suffix);
		}

		static Fingerprint of(String credential) {
			try {
				byte[] hash = MessageDigest.getInstance("SHA-256").digest(credential.getBytes(StandardCharsets.UTF_8));
				return new Fingerprint("@" + HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES));
			}
			catch (NoSuchAlgorithmException ex) {
				throw new IllegalStateException("Every Java platform has SHA-256", ex);
			}
		}

		String at(String provider) {
			Name name = this.latest;
			if (!name.provider().equals(provider)) {
				name = new Name(provider, provider + this.suffix);
				this.latest = name;
			}
			return name.text();
		}

	}

	private record Name(String provider, String text) {
	}

}
