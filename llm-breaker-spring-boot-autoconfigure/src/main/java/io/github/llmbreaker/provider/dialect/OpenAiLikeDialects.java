// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.util.List;

import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.error.AzureErrors;
import io.github.llmbreaker.provider.error.CommonErrors;
import io.github.llmbreaker.provider.error.ErrorFacts;
import io.github.llmbreaker.provider.error.ErrorRules;
import io.github.llmbreaker.provider.error.OpenAiErrors;
import io.github.llmbreaker.provider.error.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The providers that take what is meant for OpenAI, a row each: same paths, same bodies,
 * the same events. They differ in where they are and in how they report errors, and can
 * stand in for each other.
 */
final class OpenAiLikeDialects {

	private static final List<LlmDialect> ALL = List.of(
			// with the hosts of its regions
			row("openai", "", List.of("api.openai.com", "*.api.openai.com"),
					OpenAiErrors.rules().codes(Verdict.AUTH, "invalid_organization")),
			// vLLM, llama.cpp, TGI, LiteLLM and many more
			row("openai-compatible", "", List.of(),
					OpenAiErrors.rules()
						.codes(Verdict.OVERLOADED, "overloaded")
						.codes(Verdict.SERVER_ERROR, "generation", "incomplete_generation")),
			row("deepseek", "", List.of("api.deepseek.com"), new ErrorRules().first(OpenAiLikeDialects::deepSeek)),
			row("fireworks", "/inference/v1", List.of("api.fireworks.ai"), fireworks()),
			// errors in the manner of Azure
			row("github-models", "/inference", List.of("models.github.ai", "models.inference.ai.azure.com"),
					AzureErrors.rules().permissionsAreModels()),
			row("groq", "/openai/v1", List.of("api.groq.com"),
					new ErrorRules().first(OpenAiLikeDialects::groq).status(498, Verdict.OVERLOADED)),
			row("mistral", "", List.of("api.mistral.ai", "codestral.mistral.ai"), mistral()),
			row("moonshot", "", List.of("api.moonshot.ai", "api.moonshot.cn", "api.kimi.com/coding"),
					OpenAiErrors.rules()),
			row("openrouter", "/api/v1", List.of("openrouter.ai/api"), openRouter()),
			row("perplexity", "", List.of("api.perplexity.ai"), OpenAiErrors.rules()),
			row("together", "", List.of("api.together.xyz", "api.together.ai"), OpenAiErrors.rules()
				// input and output together are too long
				.status(403, Verdict.CONTEXT_LENGTH)
				.status(529, Verdict.SERVER_ERROR)),
			row("xai", "", List.of("api.x.ai", "*.api.x.ai"), xai()));

	private OpenAiLikeDialects() {
	}

	static List<LlmDialect> all() {
		return ALL;
	}

	/**
	 * A provider.
	 * @param id its id
	 * @param basePath the path under which the first host serves the operations, without
	 * a version if callers say it
	 * @param hosts where its public service is
	 * @param errors how it reports errors
	 */
	private static LlmDialect row(String id, String basePath, List<String> hosts, ErrorRules errors) {
		return new BuiltInDialect(id, errors, hosts.toArray(String[]::new)).likeOpenAi(basePath);
	}

	/** Its codes say little, status and message decide. */
	private static @Nullable Verdict deepSeek(ErrorFacts facts) {
		if (facts.starts("content exists risk")) {
			return Verdict.CONTENT_FILTERED;
		}
		if (facts.starts("insufficient balance")) {
			return Verdict.QUOTA;
		}
		return facts.starts("model not exist") ? Verdict.MODEL_NOT_FOUND : OpenAiErrors.first(facts);
	}

	private static ErrorRules fireworks() {
		return new ErrorRules().first((facts) -> {
			boolean adapter = facts.status() == 412 && facts.says("lora", "adapter", "addon");
			return adapter ? Verdict.CLIENT_ERROR : OpenAiErrors.first(facts);
		})
			.status(403, Verdict.AUTH)
			.status(412, Verdict.QUOTA)
			.codes(Verdict.AUTH, "forbidden")
			.codes(Verdict.MODEL_NOT_FOUND, "NOT_FOUND");
	}

	private static @Nullable Verdict groq(ErrorFacts facts) {
		// a tool server of the caller, whatever it says
		return (facts.status() == 424) ? Verdict.CLIENT_ERROR : OpenAiErrors.first(facts);
	}

	private static ErrorRules mistral() {
		return OpenAiErrors.rules()
			.codes(Verdict.RATE_LIMITED, "1300")
			.codes(Verdict.OVERLOADED, "3505", "3800", "3810")
			.codes(Verdict.MODEL_NOT_FOUND, "1500")
			.codes(Verdict.CONTEXT_LENGTH, "3051")
			.codes(Verdict.SERVER_ERROR, "3000");
	}

	/** Many providers behind one account, errors also inside good answers. */
	private static ErrorRules openRouter() {
		return new ErrorRules().first(OpenAiLikeDialects::openRouter)
			.passesOn()
			.status(404, Verdict.MODEL_NOT_FOUND)
			.codes(Verdict.RATE_LIMITED_ALL, "openrouter_in_flight_budget")
			.codes(Verdict.QUOTA, "openrouter_credits", "openrouter_key_limit", "openrouter_workspace_budget")
			.codes(Verdict.PERMISSION, "region_restricted");
	}

	private static @Nullable Verdict openRouter(ErrorFacts facts) {
		return switch (facts.status()) {
			case 402 -> facts.hasCode("openrouter_in_flight_budget") ? Verdict.RATE_LIMITED_ALL : null;
			case 403 -> openRouterForbids(facts);
			case 429 -> facts.says("free-models-per-day", "per-day") ? Verdict.MODEL_QUOTA : null;
			default -> null;
		};
	}

	private static @Nullable Verdict openRouterForbids(ErrorFacts facts) {
		if (facts.has("error.metadata.reasons") || facts.has("error.metadata.flagged_input")
				|| facts.says("moderation", "flagged", "guardrail")) {
			return Verdict.CONTENT_FILTERED;
		}
		return facts.says("budget", "key limit exceeded", "spending limit") ? Verdict.QUOTA : null;
	}

	/** The code is a sentence that stands for a gRPC status, the rest is text. */
	private static ErrorRules xai() {
		return new ErrorRules().first(OpenAiLikeDialects::xai)
			.permissionsAreGlobal()
			.codes(Verdict.RATE_LIMITED, "Some resource has been exhausted")
			.codes(Verdict.PERMISSION, "The caller does not have permission to execute the specified operation")
			.codes(Verdict.AUTH, "The request does not have valid authentication credentials",
					"The request does not have valid authentication credentials for the operation")
			.codes(Verdict.OVERLOADED, "The service is currently unavailable")
			.codes(Verdict.TIMEOUT, "Deadline expired before operation could complete")
			.codes(Verdict.SERVER_ERROR, "Internal error", "Unknown error", "The operation was aborted",
					"Unrecoverable data loss or corruption")
			.codes(Verdict.CLIENT_ERROR, "Client specified an invalid argument", "The operation was cancelled",
					"The system is not in a state required for the operation's execution",
					"Operation was attempted past the valid range", "Operation is not implemented or not supported",
					"Some entity that we attempted to create already exists");
	}

	private static @Nullable Verdict xai(ErrorFacts facts) {
		if (facts.says("used all available credits", "monthly spending limit", "have any credits",
				"purchase more credits")) {
			return Verdict.QUOTA;
		}
		if (facts.starts("incorrect api key", "invalid api key")) {
			return Verdict.AUTH;
		}
		if (facts.says("violates usage guidelines")) {
			return Verdict.CONTENT_FILTERED;
		}
		if (facts.hasCode("Some requested entity was not found")) {
			return facts.says("model") ? Verdict.MODEL_NOT_FOUND : Verdict.CLIENT_ERROR;
		}
		Verdict phrase = CommonErrors.phrase(facts);
		return (phrase != null) ? phrase : OpenAiErrors.first(facts);
	}

}
