// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.util.List;

import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.error.ErrorPhrases;
import io.github.llmbreaker.provider.error.ErrorRules;
import io.github.llmbreaker.provider.error.ErrorTable;
import io.github.llmbreaker.provider.error.VendorErrors;
import io.github.llmbreaker.provider.error.Verdict;
import io.github.llmbreaker.provider.stream.ApiEvents;

/**
 * The providers that take what is meant for OpenAI, a row each: same paths, same bodies,
 * the same events, and each can stand in for the others. They differ in where they are,
 * in how they report errors, and in what API of their own they have beside that. A row
 * says where its facts come from.
 */
final class OpenAiLikeDialects {

	private static final List<LlmDialect> ALL = List.of(
			// with the hosts of its regions
			row("openai", "", VendorErrors.openAi().codes(Verdict.AUTH, "invalid_organization"), "api.openai.com",
					"*.api.openai.com"),
			// vLLM, llama.cpp, TGI, LiteLLM and many more
			row("openai-compatible", "",
					VendorErrors.openAi()
						.codes(Verdict.OVERLOADED, "overloaded")
						.codes(Verdict.SERVER_ERROR, "generation", "incomplete_generation")),
			// docs.ai21.com/reference
			row("ai21", "/studio/v1", "api.ai21.com"),
			// inference-docs.cerebras.ai
			row("cerebras", "", "api.cerebras.ai"),
			// docs.github.com/copilot, hosts of the plans
			row("copilot", "", "api.githubcopilot.com", "*.githubcopilot.com"), dashScope(),
			// docs.databricks.com/machine-learning/model-serving; a path names the
			// endpoint that runs the model
			row("databricks", "", "*.azuredatabricks.net/serving-endpoints", "*.cloud.databricks.com/serving-endpoints",
					"*.gcp.databricks.com/serving-endpoints")
				.modelInPath(ModelPaths.between("/serving-endpoints/", "/invocations", "invoke"))
				.answers("invoke", ApiEvents.CHAT),
			// deepinfra.com/docs
			row("deepinfra", "/v1/openai", "api.deepinfra.com"),
			// its codes say little, status and message decide
			row("deepseek", "",
					VendorErrors.openAi(new ErrorTable().starts(Verdict.CONTENT_FILTERED, "content exists risk")
						.starts(Verdict.QUOTA, "insufficient balance")
						.starts(Verdict.MODEL_NOT_FOUND, "model not exist")),
					"api.deepseek.com"),
			row("fireworks", "/inference/v1",
					VendorErrors.openAi(new ErrorTable().at(412).says(Verdict.CLIENT_ERROR, "lora", "adapter", "addon"))
						.status(403, Verdict.AUTH)
						.status(412, Verdict.QUOTA)
						.codes(Verdict.AUTH, "forbidden")
						.codes(Verdict.MODEL_NOT_FOUND, "NOT_FOUND"),
					"api.fireworks.ai"),
			// errors in the manner of Azure
			row("github-models", "/inference", VendorErrors.azure().permissionsAreModels(), "models.github.ai",
					"models.inference.ai.azure.com"),
			row("groq", "/openai/v1",
					// a tool server of the caller, whatever it says
					VendorErrors.openAi(new ErrorTable().at(424).always(Verdict.CLIENT_ERROR))
						.status(498, Verdict.OVERLOADED),
					"api.groq.com"),
			// cloud.tencent.com/document/product/1729/111007 and product/1772
			row("hunyuan", "", "api.hunyuan.cloud.tencent.com", "api.lkeap.cloud.tencent.com"),
			// platform.minimax.io/docs; api.minimax.chat is the old name
			row("minimax", "", "api.minimax.io", "api.minimaxi.com", "api.minimax.chat")
				.path("/text/chatcompletion_v2", "chat.completions")
				.path("/text/chatcompletion_pro", "chat.completions"),
			row("mistral", "",
					VendorErrors.openAi()
						.codes(Verdict.RATE_LIMITED, "1300")
						.codes(Verdict.OVERLOADED, "3505", "3800", "3810")
						.codes(Verdict.MODEL_NOT_FOUND, "1500")
						.codes(Verdict.CONTEXT_LENGTH, "3051")
						.codes(Verdict.SERVER_ERROR, "3000"),
					"api.mistral.ai", "codestral.mistral.ai"),
			// modelscope.cn/docs/model-service/API-Inference
			row("modelscope", "", "api-inference.modelscope.cn", "api-inference.modelscope.ai"),
			row("moonshot", "", "api.moonshot.ai", "api.moonshot.cn", "api.kimi.com/coding"),
			// docs.nebius.com/studio
			row("nebius", "", "api.studio.nebius.com", "api.studio.nebius.ai", "api.tokenfactory.nebius.com"),
			// novita.ai/docs
			row("novita", "/openai/v1", "api.novita.ai"),
			// docs.api.nvidia.com/nim
			row("nvidia-nim", "", "integrate.api.nvidia.com", "ai.api.nvidia.com"),
			row("openrouter", "/api/v1", openRouter(), "openrouter.ai/api"), row("perplexity", "", "api.perplexity.ai"),
			// cloud.baidu.com/doc/qianfan-api, and the older one whose paths name the
			// model
			row("qianfan", "/v2", "qianfan.baidubce.com", "aip.baidubce.com/rpc/2.0/ai_custom/v1/wenxinworkshop")
				.modelInPath(ModelPaths.between("/wenxinworkshop/chat/", "", "chat.completions")
					.or(ModelPaths.between("/wenxinworkshop/completions/", "", "completions"))
					.or(ModelPaths.between("/wenxinworkshop/embeddings/", "", "embeddings"))),
			// docs.sambanova.ai
			row("sambanova", "", "api.sambanova.ai"),
			// docs.siliconflow.cn
			row("siliconflow", "", "api.siliconflow.cn", "api.siliconflow.com"),
			// platform.stepfun.com/docs: 451 is its filter
			row("stepfun", "", VendorErrors.openAi().status(451, Verdict.CONTENT_FILTERED), "api.stepfun.com",
					"api.stepfun.ai"),
			row("together", "", VendorErrors.openAi()
				// input and output together are too long
				.status(403, Verdict.CONTEXT_LENGTH)
				.status(529, Verdict.SERVER_ERROR), "api.together.xyz", "api.together.ai"),
			// docs.venice.ai
			row("venice", "/api/v1", "api.venice.ai"),
			// vercel.com/docs/ai-gateway
			row("vercel-gateway", "", "ai-gateway.vercel.sh"),
			// volcengine.com/docs/82379 and docs.byteplus.com/ModelArk
			row("volcengine", "/api/v3", "ark.cn-beijing.volces.com", "ark.*.volces.com", "ark.*.bytepluses.com"),
			// developers.cloudflare.com/workers-ai; the rest of that host is no LLM
			row("workers-ai", "", "api.cloudflare.com/client/v4/accounts/*/ai")
				.modelInPath(ModelPaths.between("/ai/run/", "", "generate"))
				.answers("generate", ApiEvents.WORKERS_AI),
			row("xai", "", xai(), "api.x.ai", "*.api.x.ai").answers("chat.completions", ApiEvents.DEFERRABLE),
			// docs.bigmodel.cn and docs.z.ai; also Anthropic's API below /api/anthropic
			row("zhipu", "/api/paas/v4", "open.bigmodel.cn/api", "api.z.ai/api"));

	private OpenAiLikeDialects() {
	}

	static List<LlmDialect> all() {
		return ALL;
	}

	private static BuiltInDialect row(String id, String basePath, String... hosts) {
		return row(id, basePath, VendorErrors.openAi(), hosts);
	}

	/**
	 * A provider.
	 * @param id its id
	 * @param basePath the path under which the first host serves the operations, without
	 * a version if callers say it
	 * @param errors how it reports errors
	 * @param hosts where its public service is
	 */
	private static BuiltInDialect row(String id, String basePath, ErrorRules errors, String... hosts) {
		return new BuiltInDialect(id, errors, hosts).likeOpenAi(basePath);
	}

	/**
	 * Alibaba Cloud Model Studio, alibabacloud.com/help/en/model-studio: the compatible
	 * API below {@code /compatible-mode}, Anthropic's below {@code /apps/anthropic}, its
	 * own below {@code /api}. Its {@code insufficient_quota} is a limit per minute.
	 */
	private static LlmDialect dashScope() {
		return row("dashscope", "/compatible-mode/v1",
				VendorErrors.openAi().codes(Verdict.RATE_LIMITED, "insufficient_quota"), "dashscope.aliyuncs.com",
				"dashscope-intl.aliyuncs.com", "dashscope-us.aliyuncs.com", "*.dashscope.aliyuncs.com",
				"*.dashscope-intl.aliyuncs.com", "*.maas.aliyuncs.com", "portal.qwen.ai")
			.path("/text-generation/generation", "generate", ApiEvents.DASHSCOPE)
			.path("/multimodal-generation/generation", "generate")
			.path("/text-embedding/text-embedding", "embed")
			.path("/multimodal-embedding/multimodal-embedding", "embed");
	}

	/** Many providers behind one account, errors also inside good answers. */
	private static ErrorRules openRouter() {
		return new ErrorRules(new ErrorTable().at(402)
			.code(Verdict.RATE_LIMITED_ALL, "openrouter_in_flight_budget")
			.at(403)
			.when(Verdict.CONTENT_FILTERED,
					(facts) -> facts.has("error.metadata.reasons") || facts.has("error.metadata.flagged_input"))
			.says(Verdict.CONTENT_FILTERED, "moderation", "flagged", "guardrail")
			.says(Verdict.QUOTA, "budget", "key limit exceeded", "spending limit")
			.at(429)
			.says(Verdict.MODEL_QUOTA, "free-models-per-day", "per-day")).passesOn()
			.status(404, Verdict.MODEL_NOT_FOUND)
			.codes(Verdict.RATE_LIMITED_ALL, "openrouter_in_flight_budget")
			.codes(Verdict.QUOTA, "openrouter_credits", "openrouter_key_limit", "openrouter_workspace_budget")
			.codes(Verdict.PERMISSION, "region_restricted");
	}

	/** The code is a sentence that stands for a gRPC status, the rest is text. */
	private static ErrorRules xai() {
		return VendorErrors
			.openAi(new ErrorTable()
				.says(Verdict.QUOTA, "used all available credits", "monthly spending limit", "have any credits",
						"purchase more credits")
				.starts(Verdict.AUTH, "incorrect api key", "invalid api key")
				.says(Verdict.CONTENT_FILTERED, "violates usage guidelines")
				.include((facts) -> facts.hasCode("Some requested entity was not found"),
						new ErrorTable().says(Verdict.MODEL_NOT_FOUND, "model").always(Verdict.CLIENT_ERROR))
				.include(ErrorPhrases.ANY))
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

}
