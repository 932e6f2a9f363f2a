// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.springai.scripted;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes OpenAI away, and back.
 */
@RestController
@ConditionalOnProperty("scripted.port")
final class OutageController {

	private final ScriptedVendors vendors;

	OutageController(ScriptedVendors vendors) {
		this.vendors = vendors;
	}

	@PostMapping("/outage")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void outage(@RequestParam("down") boolean down) {
		this.vendors.openAiIsDown(down);
	}

}
