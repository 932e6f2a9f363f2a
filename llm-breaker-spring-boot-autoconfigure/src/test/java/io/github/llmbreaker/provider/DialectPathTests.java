// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider;

import io.github.llmbreaker.provider.dialect.BuiltInDialects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What paths ask for, and how they ask for another model.
 */
class DialectPathTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					openai | /v1/chat/completions | chat.completions | body
					openai | /v1/chat/completions/ | chat.completions | body
					openai | /any/where/v1//responses | responses | body
					openai | /v1/responses/resp_1 | unknown |
					openai | /v1/responses/resp_1/cancel | unknown |
					openai | /v1/completions | completions | body
					openai | /v1/embeddings | embeddings | body
					openai | /v1/images/generations | images.generations | body
					openai | /v1/images/edits | images.edits | body
					openai | /v1/audio/transcriptions | audio.transcriptions | body
					openai | /v1/audio/speech | audio.speech | body
					openai | /v1/models | models |
					openai | /v1/models/gpt-5 | models |
					openai | /v1/files | unknown |
					openai | /v1/batches | unknown |
					openai | /v1/threads/t_1/messages | unknown |
					openai | / | unknown |
					openai | /v1/messages | messages | body
					anthropic | /v1/messages | messages | body
					anthropic | /v1/messages/count_tokens | messages.count_tokens | body
					anthropic | /v1/messages/batches | unknown |
					azure-openai | /openai/deployments/my%20chat/chat/completions | chat.completions | my chat
					azure-openai | /openai/deployments/w/audio/speech | audio.speech | w
					azure-openai | /openai/v1/responses | responses | body
					azure-openai | /openai/deployments | unknown |
					azure-openai | /v1/acct/gw/azure-openai/res/dep/chat/completions | chat.completions | dep
					azure-foundry | /anthropic/v1/messages | messages | body
					azure-foundry | /models/chat/completions | chat.completions | body
					azure-foundry | /models/embeddings | embeddings | body
					google-gemini | /v1beta/models/gemini-3-pro:generateContent | generateContent | gemini-3-pro
					google-gemini | /v1beta/models/gemini-3-pro%3AstreamGenerateContent | generateContent | gemini-3-pro
					google-gemini | /v1beta/tunedModels/t-1:generateContent | generateContent | t-1
					google-gemini | /v1beta/models/g:countTokens | countTokens | g
					google-gemini | /v1beta/models/g:batchEmbedContents | embedContent | g
					google-gemini | /v1beta/models/g:unheardOf | models |
					google-gemini | /v1beta/models | models |
					google-gemini | /v1beta/interactions | interactions | body
					google-gemini | /v1beta/openai/chat/completions | chat.completions | body
					google-vertex | /v1/publishers/google/models/gemini-3-pro:streamGenerateContent | generateContent | gemini-3-pro
					google-vertex | /v1/projects/p/locations/l/endpoints/42:predict | predict | 42
					google-vertex | /v1/projects/p/locations/l/endpoints/openapi/chat/completions | chat.completions | body
					google-vertex | /v1/projects/p/locations/l/publishers/anthropic/models/count-tokens:rawPredict | count-tokens | body
					google-vertex | /v1/projects/p/locations/l/publishers/anthropic/models/c@1:streamRawPredict | rawPredict | c@1
					aws-bedrock | /model/anthropic.claude-v2%3A1/invoke-with-response-stream | invoke | anthropic.claude-v2:1
					aws-bedrock | /model/a/converse-stream | converse | a
					aws-bedrock | /model/a/count-tokens | count-tokens | a
					aws-bedrock | /model/arn:aws:bedrock:x:1:inference-profile/eu.a:0/converse | converse | arn:aws:bedrock:x:1:inference-profile/eu.a:0
					aws-bedrock | /model/a | unknown |
					aws-bedrock | /openai/v1/chat/completions | chat.completions | body
					aws-bedrock | /guardrail/g/version/1/apply | unknown |
					mistral | /v1/fim/completions | fim.completions | body
					mistral | /v1/agents/completions | agents.completions | body
					cohere | /v2/chat | chat | body
					cohere | /v2/rerank | rerank | body
					cohere | /v1/tokenize | unknown |
					groq | /openai/v1/chat/completions | chat.completions | body
					openrouter | /api/v1/messages | messages | body
					deepseek | /chat/completions | chat.completions | body
					perplexity | /async/chat/completions | unknown |
					zhipu | /api/paas/v4/async/chat/completions | unknown |
					deepseek | /beta/completions | completions | body
					deepseek | /anthropic/v1/messages | messages | body
					huggingface | /hf-inference/models/google/flan-t5-base | text-generation | google/flan-t5-base
					huggingface | /models/google/flan%2Dt5 | text-generation | google/flan-t5
					huggingface | /hf-inference/models/a/b/v1/chat/completions | chat.completions | a/b
					huggingface | /hf-inference/models/a/b/pipeline/feature-extraction | text-generation | a/b
					huggingface | /v1/chat/completions | chat.completions | body
					huggingface | /v1/models | models |
					huggingface | /generate_stream | generate | body
					ollama | /api/chat | chat | body
					ollama | /api/embeddings | embed | body
					ollama | /api/tags | models |
					ollama | /api/pull | unknown |
					ollama | /v1/chat/completions | chat.completions | body
					openai-compatible | /openai/v1/chat/completions | chat.completions | body
					openai-compatible | /v1/rerank | rerank | body
					openai-compatible | /health | unknown |
					""")
	void readsEndpointAndModelFromPath(String dialect, String path, String endpoint, @Nullable String model) {
		LlmOperation operation = dialect(dialect).operation(path);
		assertThat(operation.endpoint()).isEqualTo(endpoint);
		assertThat(operation.modelInBody()).isEqualTo("body".equals(model));
		assertThat(operation.model()).isEqualTo("body".equals(model) ? null : model);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					openai | /v1/chat/completions | x | /v1/chat/completions
					azure-openai | /openai/deployments/a/chat/completions | b c | /openai/deployments/b%20c/chat/completions
					azure-openai | /openai/v1/responses | b | /openai/v1/responses
					google-gemini | /v1beta/models/a:streamGenerateContent | b | /v1beta/models/b:streamGenerateContent
					google-gemini | /v1beta/models/a%3AgenerateContent | b | /v1beta/models/b%3AgenerateContent
					google-vertex | /v1/publishers/anthropic/models/c@1:rawPredict | d@2 | /v1/publishers/anthropic/models/d@2:rawPredict
					google-vertex | /v1/x/models/count-tokens:rawPredict | d | /v1/x/models/count-tokens:rawPredict
					aws-bedrock | /model/a%3A0/converse | b:1/x | /model/b%3A1%2Fx/converse
					aws-bedrock | /model/arn:aws:x/y/converse | b | /model/b/converse
					huggingface | /hf-inference/models/a/b/v1/chat/completions | c/d e | /hf-inference/models/c/d%20e/v1/chat/completions
					huggingface | /v1/chat/completions | c | /v1/chat/completions
					""")
	void putsAnotherModelIntoPath(String dialect, String path, String model, String expected) {
		assertThat(dialect(dialect).pathFor(path, model)).isEqualTo(expected);
	}

	@Test
	void pathWithAnotherModelNamesThatModel() {
		for (String model : new String[] { "b", "a b", "x:y", "ä/ö", "100%", "a@1", "..", "?#" }) {
			LlmDialect bedrock = dialect("aws-bedrock");
			assertThat(bedrock.operation(bedrock.pathFor("/model/a/converse", model)).model()).isEqualTo(model);
			LlmDialect gemini = dialect("google-gemini");
			assertThat(gemini.operation(gemini.pathFor("/v1beta/models/a:generateContent", model)).model())
				.isEqualTo(model);
		}
	}

	@Test
	void pathWithAnEmptyNameOfAModelIsReadAsItIs() {
		LlmDialect dialect = dialect("huggingface");
		assertThat(dialect.operation("/models//").model()).isEmpty();
		assertThat(dialect.pathFor("/models//", "a/b")).isEqualTo("/models/a/b/");
	}

	@Test
	void eachProviderHasItsHeaderForKeys() {
		assertThat(dialect("openai").authorize("k")).isEqualTo(new AuthHeader("Authorization", "Bearer k"));
		assertThat(dialect("anthropic").authorize("k")).isEqualTo(new AuthHeader("x-api-key", "k"));
		assertThat(dialect("azure-openai").authorize("k")).isEqualTo(new AuthHeader("api-key", "k"));
		assertThat(dialect("google-gemini").authorize("k")).isEqualTo(new AuthHeader("x-goog-api-key", "k"));
	}

	private static LlmDialect dialect(String id) {
		return BuiltInDialects.all().stream().filter((dialect) -> dialect.id().equals(id)).findFirst().orElseThrow();
	}

}
