// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Why a model stopped: mostly because it was done, sometimes because something failed.
 *
 * @since 0.1.0
 */
public final class FinishReasons {

	/** What nearly every answer ends with, not worth a second look. */
	private static final Set<String> USUAL = Set.of("stop", "length", "tool_calls", "end_turn", "max_tokens",
			"stop_sequence", "tool_use", "STOP", "MAX_TOKENS");

	private static final Map<String, Verdict> UNUSUAL = new HashMap<>();

	static {
		ErrorCodes.putAll(UNUSUAL, Verdict.CONTENT_FILTERED, "content_filter", "content_filtered", "refusal", "SAFETY",
				"RECITATION", "PROHIBITED_CONTENT", "SPII", "BLOCKLIST", "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT",
				"IMAGE_RECITATION", "MODEL_ARMOR", "guardrail_intervened", "ERROR_TOXIC", "sensitive", "moderation");
		ErrorCodes.putAll(UNUSUAL, Verdict.OVERLOADED, "insufficient_system_resource", "overloaded",
				"engine_overloaded");
		ErrorCodes.putAll(UNUSUAL, Verdict.SERVER_ERROR, "error", "failed", "abort", "network_error");
		ErrorCodes.putAll(UNUSUAL, Verdict.TIMEOUT, "TIMEOUT", "deadline_exceeded");
		ErrorCodes.putAll(UNUSUAL, Verdict.CONTEXT_LENGTH, "ERROR_LIMIT");
		ErrorCodes.putAll(UNUSUAL, Verdict.CLIENT_ERROR, "USER_CANCEL", "cancelled", "canceled");
	}

	private FinishReasons() {
	}

	/** Judges a reason as sent: success for a limit, a tool call or an unknown one. */
	public static Verdict of(String reason) {
		return USUAL.contains(reason) ? Verdict.SUCCESS
				: UNUSUAL.getOrDefault(ErrorCodes.normalize(reason), Verdict.SUCCESS);
	}

}
