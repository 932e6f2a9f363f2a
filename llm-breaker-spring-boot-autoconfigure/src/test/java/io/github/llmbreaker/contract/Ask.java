// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.util.concurrent.CompletableFuture;

import org.springframework.http.HttpMethod;

/**
 * What a client is to ask for, and how far it is to read the answer.
 *
 * @param provider whom
 * @param model which model; "" for none
 * @param method how
 * @param query what follows the URL
 * @param stream whether to stream the answer
 * @param reading how the answer is read
 * @param bytes after how many bytes who does not read to the end leaves
 * @param arrived completed when the provider has the request
 */
record Ask(String provider, String model, HttpMethod method, String query, boolean stream, Reading reading, int bytes,
		CompletableFuture<Void> arrived) {

	static Ask of(String provider, String model, boolean stream) {
		return new Ask(provider, model, HttpMethod.POST, "", stream, Reading.WHOLE, 0, new CompletableFuture<>());
	}

	Ask to(String otherProvider, String otherModel) {
		return new Ask(otherProvider, otherModel, this.method, this.query, this.stream, this.reading, this.bytes,
				this.arrived);
	}

	Ask by(HttpMethod otherMethod) {
		return new Ask(this.provider, this.model, otherMethod, this.query, this.stream, this.reading, this.bytes,
				this.arrived);
	}

	Ask with(String otherQuery) {
		return new Ask(this.provider, this.model, this.method, otherQuery, this.stream, this.reading, this.bytes,
				this.arrived);
	}

	Ask read(Reading otherReading, int otherBytes) {
		return new Ask(this.provider, this.model, this.method, this.query, this.stream, otherReading, otherBytes,
				this.arrived);
	}

	String json() {
		return this.method.equals(HttpMethod.HEAD) ? ""
				: "{\"model\":\"%s\",\"stream\":%s}".formatted(this.model, this.stream);
	}

	/**
	 * Whether enough has been read of an answer that is not read to its end.
	 */
	boolean isEnough(int read) {
		return (this.reading == Reading.UNTIL || this.reading == Reading.UNTIL_ERROR) && read >= this.bytes;
	}

	void check(int read) {
		if (this.reading == Reading.UNTIL_ERROR && isEnough(read)) {
			throw new AssertionError("a bug of who reads");
		}
	}

}
