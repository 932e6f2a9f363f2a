// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * An HTTP client that does not block.
 */
interface ReactiveHttp {

	Mono<String> whole(Ask ask);

	Flux<String> pieces(Ask ask);

}
