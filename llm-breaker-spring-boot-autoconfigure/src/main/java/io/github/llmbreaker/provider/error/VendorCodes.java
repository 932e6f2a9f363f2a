// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.error;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Numbers that mean something in the envelope of one vendor only. They are read at the
 * vendor's place whoever answers, as gateways pass them on.
 */
final class VendorCodes {

	/** platform.minimax.io/docs/api-reference/errorcode. */
	private static final Map<String, Verdict> MINIMAX = new HashMap<>();

	/** docs.bigmodel.cn/cn/api/api-code. */
	private static final Map<String, Verdict> ZHIPU = new HashMap<>();

	/** cloud.baidu.com/doc/WENXINWORKSHOP, error codes of the first API. */
	private static final Map<String, Verdict> BAIDU = new HashMap<>();

	/** docs.siliconflow.cn/cn/faqs/error-code and issues that quote its answers. */
	private static final Map<String, Verdict> SILICON_FLOW = new HashMap<>();

	/** developers.cloudflare.com/workers-ai/platform/errors. */
	private static final Map<String, Verdict> CLOUDFLARE = new HashMap<>();

	/** The gateway of Cloudflare, which puts an array where others have an object. */
	private static final Map<String, Verdict> CLOUDFLARE_GATEWAY = new HashMap<>();

	/** www.xfyun.cn/doc/spark, error codes. */
	private static final Map<String, Verdict> SPARK = new HashMap<>();

	/** The compatible APIs of MiniMax have the number only here. */
	private static final Pattern AT_THE_END = Pattern.compile("\\((\\d{4,5})\\)$");

	static {
		ErrorCodes.putAll(MINIMAX, Verdict.SERVER_ERROR, "1000", "1013", "1024", "1033");
		ErrorCodes.putAll(MINIMAX, Verdict.TIMEOUT, "1001");
		ErrorCodes.putAll(MINIMAX, Verdict.RATE_LIMITED, "1002", "1039", "1041", "2045", "2062");
		ErrorCodes.putAll(MINIMAX, Verdict.AUTH, "1004", "2049");
		ErrorCodes.putAll(MINIMAX, Verdict.QUOTA, "1008", "2056");
		ErrorCodes.putAll(MINIMAX, Verdict.CONTENT_FILTERED, "1026", "1027");
		ErrorCodes.putAll(MINIMAX, Verdict.PERMISSION, "2042", "2061");
		ErrorCodes.putAll(MINIMAX, Verdict.OVERLOADED, "2064");
		ErrorCodes.putAll(ZHIPU, Verdict.AUTH, "1000", "1001", "1002", "1003", "1004", "1110", "1111");
		ErrorCodes.putAll(ZHIPU, Verdict.PERMISSION_ALL, "1112", "1121");
		ErrorCodes.putAll(ZHIPU, Verdict.QUOTA, "1113", "1308", "1309", "1310");
		ErrorCodes.putAll(ZHIPU, Verdict.SERVER_ERROR, "1120", "1230", "1234");
		ErrorCodes.putAll(ZHIPU, Verdict.CLIENT_ERROR, "1210", "1212", "1213", "1214", "1215", "1221", "1222", "1231");
		ErrorCodes.putAll(ZHIPU, Verdict.MODEL_NOT_FOUND, "1211");
		ErrorCodes.putAll(ZHIPU, Verdict.PERMISSION, "1220", "1311");
		ErrorCodes.putAll(ZHIPU, Verdict.CONTEXT_LENGTH, "1261");
		ErrorCodes.putAll(ZHIPU, Verdict.CONTENT_FILTERED, "1301");
		ErrorCodes.putAll(ZHIPU, Verdict.RATE_LIMITED, "1302", "1303");
		ErrorCodes.putAll(ZHIPU, Verdict.MODEL_QUOTA, "1304");
		ErrorCodes.putAll(ZHIPU, Verdict.OVERLOADED, "1305", "1312");
		ErrorCodes.putAll(ZHIPU, Verdict.RATE_LIMITED_ALL, "1313");
		ErrorCodes.putAll(BAIDU, Verdict.SERVER_ERROR, "1", "336000");
		ErrorCodes.putAll(BAIDU, Verdict.OVERLOADED, "2", "336100");
		ErrorCodes.putAll(BAIDU, Verdict.RATE_LIMITED, "4", "18", "336501", "336502", "336503", "336504");
		ErrorCodes.putAll(BAIDU, Verdict.PERMISSION, "6");
		ErrorCodes.putAll(BAIDU, Verdict.AUTH, "13", "14", "15", "100", "110", "111");
		ErrorCodes.putAll(BAIDU, Verdict.QUOTA, "17", "19");
		ErrorCodes.putAll(BAIDU, Verdict.CLIENT_ERROR, "3", "336001", "336002", "336003", "336004", "336005", "336006");
		ErrorCodes.putAll(BAIDU, Verdict.CONTEXT_LENGTH, "336007", "336103");
		ErrorCodes.putAll(SILICON_FLOW, Verdict.MODEL_NOT_FOUND, "20012");
		ErrorCodes.putAll(SILICON_FLOW, Verdict.QUOTA, "30001", "30011");
		ErrorCodes.putAll(SILICON_FLOW, Verdict.PERMISSION, "30003");
		ErrorCodes.putAll(SILICON_FLOW, Verdict.OVERLOADED, "50505", "50508", "50603", "50604");
		ErrorCodes.putAll(CLOUDFLARE, Verdict.QUOTA, "3036");
		ErrorCodes.putAll(CLOUDFLARE, Verdict.OVERLOADED, "3040", "3050");
		ErrorCodes.putAll(CLOUDFLARE, Verdict.PERMISSION_ALL, "3023");
		ErrorCodes.putAll(CLOUDFLARE, Verdict.PERMISSION, "3041", "5016", "5018");
		ErrorCodes.putAll(CLOUDFLARE, Verdict.MODEL_NOT_FOUND, "3042", "5007");
		ErrorCodes.putAll(CLOUDFLARE, Verdict.CONTEXT_LENGTH, "5021");
		ErrorCodes.putAll(CLOUDFLARE, Verdict.TIMEOUT, "3007", "3008");
		ErrorCodes.putAll(CLOUDFLARE, Verdict.AUTH, "9109", "10000");
		ErrorCodes.putAll(CLOUDFLARE_GATEWAY, Verdict.RATE_LIMITED_ALL, "2003");
		ErrorCodes.putAll(CLOUDFLARE_GATEWAY, Verdict.AUTH, "2009");
		ErrorCodes.putAll(CLOUDFLARE_GATEWAY, Verdict.CONTENT_FILTERED, "2016", "2017");
		ErrorCodes.putAll(SPARK, Verdict.RATE_LIMITED, "10007", "11202", "11203");
		ErrorCodes.putAll(SPARK, Verdict.OVERLOADED, "10008", "10010", "10110");
		ErrorCodes.putAll(SPARK, Verdict.CONTENT_FILTERED, "10013", "10014", "10019");
		ErrorCodes.putAll(SPARK, Verdict.PERMISSION_ALL, "10016");
		ErrorCodes.putAll(SPARK, Verdict.CLIENT_ERROR, "10163");
		ErrorCodes.putAll(SPARK, Verdict.SERVER_ERROR, "10012", "10222");
		ErrorCodes.putAll(SPARK, Verdict.CONTEXT_LENGTH, "10907");
		ErrorCodes.putAll(SPARK, Verdict.QUOTA, "11200", "11201");
	}

	/** Where the number of which vendor stands. */
	static final ErrorTable TABLE = new ErrorTable().ask(at("base_resp.status_code", MINIMAX))
		// which may be the model or the length
		.include(VendorCodes::hasInvalidParameters,
				new ErrorTable().include(ErrorPhrases.ANY).always(Verdict.CLIENT_ERROR))
		.ask(at("error_code", BAIDU))
		// numbers of four digits and of five
		.ask(at("error.code", ZHIPU))
		.ask(at("error.code", SPARK))
		.ask(at("errors[*].code", CLOUDFLARE))
		.ask(at("error[*].code", CLOUDFLARE_GATEWAY))
		// what stands beside a number at the top says whose it is
		.ask((facts) -> flat(facts).get(String.valueOf(facts.text("code"))))
		.ask(VendorCodes::atTheEnd);

	private VendorCodes() {
	}

	private static ErrorTable.Row at(String place, Map<String, Verdict> codes) {
		return (facts) -> codes.get(String.valueOf(facts.text(place)));
	}

	private static boolean hasInvalidParameters(ErrorFacts facts) {
		return "2013".equals(facts.text("base_resp.status_code"));
	}

	private static Map<String, Verdict> flat(ErrorFacts facts) {
		if (facts.has("msg") || facts.has("success")) {
			return ZHIPU;
		}
		return facts.has("sid") ? SPARK : SILICON_FLOW;
	}

	private static @Nullable Verdict atTheEnd(ErrorFacts facts) {
		if (!facts.message().endsWith(")") || !facts.has("error.type")) {
			return null;
		}
		Matcher number = AT_THE_END.matcher(facts.message());
		return number.find() ? MINIMAX.get(number.group(1)) : null;
	}

}
