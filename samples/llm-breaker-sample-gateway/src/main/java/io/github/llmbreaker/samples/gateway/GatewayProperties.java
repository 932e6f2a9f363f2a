/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

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
