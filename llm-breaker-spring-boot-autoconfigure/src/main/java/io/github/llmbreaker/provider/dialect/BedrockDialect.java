// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.util.List;
import java.util.Map;

import io.github.llmbreaker.provider.LlmOperation;
import io.github.llmbreaker.provider.error.AnthropicErrors;
import io.github.llmbreaker.provider.error.ErrorFacts;
import io.github.llmbreaker.provider.error.ErrorRules;
import io.github.llmbreaker.provider.error.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * AWS Bedrock: the model is in the path, the error type mostly in a header.
 */
final class BedrockDialect extends BuiltInDialect {

	private static final String MODEL = "/model/";

	private static final Map<String, String> OPERATIONS = Map.of("converse", "converse", "converse-stream", "converse",
			"invoke", "invoke", "invoke-with-response-stream", "invoke", "count-tokens", "count-tokens");

	BedrockDialect() {
		super("aws-bedrock",
				List.of("bedrock-runtime.*.amazonaws.com", "bedrock-runtime-fips.*.amazonaws.com",
						"bedrock-runtime.*.amazonaws.com.cn", "bedrock-runtime.*.api.aws",
						"*.bedrock-runtime.*.vpce.amazonaws.com", "*.bedrock-runtime-fips.*.vpce.amazonaws.com",
						"bedrock-mantle.*.api.aws"),
				rules());
	}

	private static ErrorRules rules() {
		return new ErrorRules().first(BedrockDialect::first)
			.status(424, Verdict.SERVER_ERROR)
			.codes(Verdict.RATE_LIMITED, "ThrottlingException", "TooManyRequestsException", "Throttling")
			.codes(Verdict.QUOTA, "ServiceQuotaExceededException")
			.codes(Verdict.SERVER_ERROR, "ModelErrorException", "ModelStreamErrorException")
			.codes(Verdict.AUTH, "UnrecognizedClientException", "ExpiredTokenException", "ExpiredToken",
					"InvalidSignatureException", "SignatureDoesNotMatch", "IncompleteSignature",
					"IncompleteSignatureException", "MissingAuthenticationToken", "MissingAuthenticationTokenException",
					"InvalidClientTokenId", "InvalidAccessKeyId", "RequestExpired", "NotAuthorized",
					"NotAuthorizedException")
			.codes(Verdict.PERMISSION, "AccessDeniedException", "AccessDenied", "FTUFormNotFilled")
			.codes(Verdict.PERMISSION_ALL, "OptInRequired", "AccountProblem")
			.codes(Verdict.MODEL_NOT_FOUND, "ResourceNotFoundException")
			.codes(Verdict.TIMEOUT, "RequestTimeout", "RequestTimeoutException")
			.codes(Verdict.CLIENT_ERROR, "UnknownOperationException", "SerializationException");
	}

	private static @Nullable Verdict first(ErrorFacts facts) {
		if (facts.hasCode("ThrottlingException") && facts.says("per day")) {
			return Verdict.MODEL_QUOTA;
		}
		if (facts.says("use case details")) {
			return Verdict.PERMISSION;
		}
		if (facts.hasCode("AccessDeniedException") && facts.says("security token", "expired token", "token expired")) {
			return Verdict.AUTH;
		}
		return AnthropicErrors.first(facts);
	}

	@Override
	public LlmOperation operation(String path) {
		int start = path.indexOf(MODEL);
		String plain = PathTable.withoutSlash(path);
		int end = plain.lastIndexOf('/');
		if (start < 0 || end <= start + MODEL.length()) {
			return OpenAiPaths.operation(path);
		}
		String endpoint = OPERATIONS.get(plain.substring(end + 1));
		if (endpoint == null) {
			return LlmOperation.UNKNOWN;
		}
		// ARNs hold slashes that are not always encoded
		return new LlmOperation(endpoint, PathModels.decode(plain.substring(start + MODEL.length(), end)), false);
	}

	@Override
	public String pathFor(String path, String model) {
		LlmOperation operation = operation(path);
		if (operation.model() == null) {
			return path;
		}
		int end = PathTable.withoutSlash(path).lastIndexOf('/');
		return PathModels.replace(path, path.indexOf(MODEL) + MODEL.length(), end, model);
	}

}
