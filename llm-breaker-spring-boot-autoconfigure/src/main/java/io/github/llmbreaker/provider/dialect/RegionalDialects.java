// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.util.List;
import java.util.Map;

import io.github.llmbreaker.provider.LlmDialect;
import io.github.llmbreaker.provider.dialect.ModelPaths.Place;
import io.github.llmbreaker.provider.error.ErrorRules;
import io.github.llmbreaker.provider.error.OpenAiErrors;
import io.github.llmbreaker.provider.error.Verdict;
import io.github.llmbreaker.provider.stream.ApiEvents;
import org.jspecify.annotations.Nullable;

/**
 * Regional providers, clouds and gateways that take what is meant for OpenAI, most with
 * an API of their own beside it. A row says where its facts come from.
 */
final class RegionalDialects {

	private static final List<LlmDialect> ALL = List.of(
			// docs.ai21.com/reference
			row("ai21", "/studio/v1", "api.ai21.com"),
			// inference-docs.cerebras.ai
			row("cerebras", "", "api.cerebras.ai"), dashScope(),
			// docs.databricks.com/machine-learning/model-serving; a path names the
			// endpoint that runs the model
			row("databricks", "", "*.azuredatabricks.net/serving-endpoints", "*.cloud.databricks.com/serving-endpoints",
					"*.gcp.databricks.com/serving-endpoints")
				.modelInPath((path) -> between(path, "/serving-endpoints/", "/invocations", "invoke"))
				.answers("invoke", ApiEvents.CHAT),
			// deepinfra.com/docs
			row("deepinfra", "/v1/openai", "api.deepinfra.com"),
			// docs.github.com/copilot, hosts of the plans
			row("copilot", "", "api.githubcopilot.com", "*.githubcopilot.com"),
			// cloud.tencent.com/document/product/1729/111007 and product/1772
			row("hunyuan", "", "api.hunyuan.cloud.tencent.com", "api.lkeap.cloud.tencent.com"),
			// platform.minimax.io/docs; api.minimax.chat is the old name
			row("minimax", "", "api.minimax.io", "api.minimaxi.com", "api.minimax.chat")
				.path("/text/chatcompletion_v2", "chat.completions")
				.path("/text/chatcompletion_pro", "chat.completions"),
			// modelscope.cn/docs/model-service/API-Inference
			row("modelscope", "", "api-inference.modelscope.cn", "api-inference.modelscope.ai"),
			// docs.nebius.com/studio
			row("nebius", "", "api.studio.nebius.com", "api.studio.nebius.ai", "api.tokenfactory.nebius.com"),
			// novita.ai/docs
			row("novita", "/openai/v1", "api.novita.ai"),
			// docs.api.nvidia.com/nim
			row("nvidia-nim", "", "integrate.api.nvidia.com", "ai.api.nvidia.com"), qianfan(),
			// docs.sambanova.ai
			row("sambanova", "", "api.sambanova.ai"),
			// docs.siliconflow.cn
			row("siliconflow", "", "api.siliconflow.cn", "api.siliconflow.com"),
			// platform.stepfun.com/docs: 451 is its filter
			row("stepfun", "", OpenAiErrors.rules().status(451, Verdict.CONTENT_FILTERED), "api.stepfun.com",
					"api.stepfun.ai"),
			// docs.venice.ai
			row("venice", "/api/v1", "api.venice.ai"),
			// vercel.com/docs/ai-gateway
			row("vercel-gateway", "", "ai-gateway.vercel.sh"),
			// volcengine.com/docs/82379 and docs.byteplus.com/ModelArk
			row("volcengine", "/api/v3", "ark.cn-beijing.volces.com", "ark.*.volces.com", "ark.*.bytepluses.com"),
			// developers.cloudflare.com/workers-ai; the rest of that host is no LLM
			row("workers-ai", "", "api.cloudflare.com/client/v4/accounts/*/ai")
				.modelInPath((path) -> between(path, "/ai/run/", "", "generate"))
				.answers("generate", ApiEvents.WORKERS_AI),
			// docs.bigmodel.cn and docs.z.ai; also Anthropic's API below /api/anthropic
			row("zhipu", "/api/paas/v4", "open.bigmodel.cn/api", "api.z.ai/api"));

	private RegionalDialects() {
	}

	static List<LlmDialect> all() {
		return ALL;
	}

	private static BuiltInDialect row(String id, String basePath, String... hosts) {
		return row(id, basePath, OpenAiErrors.rules(), hosts);
	}

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
				OpenAiErrors.rules().codes(Verdict.RATE_LIMITED, "insufficient_quota"), "dashscope.aliyuncs.com",
				"dashscope-intl.aliyuncs.com", "dashscope-us.aliyuncs.com", "*.dashscope.aliyuncs.com",
				"*.dashscope-intl.aliyuncs.com", "*.maas.aliyuncs.com", "portal.qwen.ai")
			.path("/text-generation/generation", "generate", ApiEvents.DASHSCOPE)
			.path("/multimodal-generation/generation", "generate")
			.path("/text-embedding/text-embedding", "embed")
			.path("/multimodal-embedding/multimodal-embedding", "embed");
	}

	/**
	 * Baidu: the compatible API, cloud.baidu.com/doc/qianfan-api, and the older one whose
	 * paths name the model.
	 */
	private static LlmDialect qianfan() {
		Map<String, String> endpoints = Map.of("/wenxinworkshop/chat/", "chat.completions",
				"/wenxinworkshop/completions/", "completions", "/wenxinworkshop/embeddings/", "embeddings");
		return row("qianfan", "/v2", "qianfan.baidubce.com", "aip.baidubce.com/rpc/2.0/ai_custom/v1/wenxinworkshop")
			.modelInPath((path) -> wenxin(path, endpoints));
	}

	private static @Nullable Place wenxin(String path, Map<String, String> endpoints) {
		for (Map.Entry<String, String> endpoint : endpoints.entrySet()) {
			Place place = between(path, endpoint.getKey(), "", endpoint.getValue());
			if (place != null) {
				return place;
			}
		}
		return null;
	}

	/** The model stands between two parts of a path. */
	private static @Nullable Place between(String path, String before, String after, String endpoint) {
		String plain = PathTable.withoutSlash(path);
		int start = plain.indexOf(before) + before.length();
		int end = plain.length() - after.length();
		return (start >= before.length() && end > start && plain.endsWith(after)) ? new Place(endpoint, start, end)
				: null;
	}

}
