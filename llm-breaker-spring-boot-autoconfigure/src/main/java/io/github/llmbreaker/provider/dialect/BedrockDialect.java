// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.dialect;

import java.util.Map;

import io.github.llmbreaker.provider.dialect.ModelPaths.Place;
import io.github.llmbreaker.provider.error.ErrorRules;
import io.github.llmbreaker.provider.error.ErrorTable;
import io.github.llmbreaker.provider.error.VendorErrors;
import io.github.llmbreaker.provider.error.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * AWS Bedrock: the model is in the path, the error type mostly in a header.
 */
final class BedrockDialect extends BuiltInDialect {

	private static final String MODEL = "/model/";

	private static final Map<String, String> ENDPOINTS = Map.of("converse", "converse", "converse-stream", "converse",
			"invoke", "invoke", "invoke-with-response-stream", "invoke", "count-tokens", "count-tokens");

	BedrockDialect() {
		super("aws-bedrock", rules(), "bedrock-runtime.*.amazonaws.com", "bedrock-runtime-fips.*.amazonaws.com",
				"bedrock-runtime.*.amazonaws.com.cn", "bedrock-runtime.*.api.aws",
				"*.bedrock-runtime.*.vpce.amazonaws.com", "*.bedrock-runtime-fips.*.vpce.amazonaws.com",
				"bedrock-mantle.*.api.aws");
		modelInPath(BedrockDialect::find);
	}

	private static ErrorRules rules() {
		return new ErrorRules(new ErrorTable()
			.when(Verdict.MODEL_QUOTA, (facts) -> facts.hasCode("ThrottlingException") && facts.says("per day"))
			.says(Verdict.PERMISSION, "use case details")
			.when(Verdict.AUTH,
					(facts) -> facts.hasCode("AccessDeniedException")
							&& facts.says("security token", "expired token", "token expired"))
			.include(VendorErrors.ANTHROPIC)).status(424, Verdict.SERVER_ERROR)
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

	private static @Nullable Place find(String path) {
		int start = path.indexOf(MODEL) + MODEL.length();
		String plain = PathTable.withoutSlash(path);
		// ARNs hold slashes that are not always encoded
		int end = plain.lastIndexOf('/');
		if (start < MODEL.length() || end <= start) {
			return null;
		}
		return new Place(ENDPOINTS.getOrDefault(plain.substring(end + 1), "unknown"), start, end);
	}

}
