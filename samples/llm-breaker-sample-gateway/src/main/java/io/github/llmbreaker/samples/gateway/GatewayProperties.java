// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.time.Duration;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the gateway.
 *
 * @param upstream Service behind the gateway.
 * @param keys Keys that callers must present, under names of your own: the key itself, or
 * "sha256:" and the hexadecimal SHA-256 of it. Empty lets everybody in.
 * @param partition Whose calls have breakers of their own: "none" lets all callers share
 * them, "caller" keeps those of each name of a key apart.
 * @param maxRequestSize Longest request body.
 * @param uploadTimeout How long a caller may take to send a request body.
 * @param readerTimeout How long a caller may read nothing of an answer that waits for it.
 * @param streamEndGrace How long something may follow the last piece of a streamed
 * answer, such as the usage, before the stream is ended.
 * @param shutdownGrace How long running answers may go on when the gateway is stopped.
 */
@ConfigurationProperties("gateway")
record GatewayProperties(@DefaultValue Upstream upstream, @DefaultValue Map<String, String> keys,
		@DefaultValue("none") Partition partition, @DefaultValue("32MB") DataSize maxRequestSize,
		@DefaultValue("60s") Duration uploadTimeout, @DefaultValue("60s") Duration readerTimeout,
		@DefaultValue("1s") Duration streamEndGrace, @DefaultValue("20s") Duration shutdownGrace) {

	/** Names no key. */
	@Override
	public String toString() {
		return "GatewayProperties[upstream=" + this.upstream + ", keys=" + this.keys.keySet() + "]";
	}

	/** Whether callers are told apart. */
	boolean isPartitioned() {
		return this.partition == Partition.CALLER;
	}

	/**
	 * Whose calls have breakers of their own.
	 */
	enum Partition {

		/** All callers share them. */
		NONE,

		/** Those with one key share. */
		CALLER

	}

	/**
	 * The service behind the gateway.
	 *
	 * @param baseUrl Where it is, up to and including "/v1".
	 * @param apiKey Its key. Empty hands the caller's own on.
	 */
	record Upstream(@DefaultValue("https://api.openai.com/v1") String baseUrl, @DefaultValue("") String apiKey) {

		@Override
		public String toString() {
			return "Upstream[baseUrl=" + this.baseUrl + "]";
		}

	}

}
