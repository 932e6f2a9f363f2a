// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the gateway.
 *
 * @param upstream Service behind the gateway.
 * @param streamEndGrace How long something may follow the last piece of a streamed
 * answer, such as the usage, before the stream is ended.
 */
@ConfigurationProperties("gateway")
record GatewayProperties(@DefaultValue Upstream upstream, @DefaultValue("1s") Duration streamEndGrace) {

	/**
	 * The service behind the gateway.
	 *
	 * @param baseUrl Where it is, up to and including "/v1".
	 * @param apiKey Its key, empty if it needs none.
	 */
	record Upstream(@DefaultValue("https://api.openai.com/v1") String baseUrl, @DefaultValue("") String apiKey) {

		@Override
		public String toString() {
			return "Upstream[baseUrl=" + this.baseUrl + "]";
		}

	}

}
