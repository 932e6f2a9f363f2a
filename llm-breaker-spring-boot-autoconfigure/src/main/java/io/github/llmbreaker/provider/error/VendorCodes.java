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

	private static final String INVALID_PARAMETERS = "2013";

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
		put(MINIMAX, Verdict.SERVER_ERROR, "1000", "1013", "1024", "1033");
		put(MINIMAX, Verdict.TIMEOUT, "1001");
		put(MINIMAX, Verdict.RATE_LIMITED, "1002", "1039", "1041", "2045", "2062");
		put(MINIMAX, Verdict.AUTH, "1004", "2049");
		put(MINIMAX, Verdict.QUOTA, "1008", "2056");
		put(MINIMAX, Verdict.CONTENT_FILTERED, "1026", "1027");
		put(MINIMAX, Verdict.PERMISSION, "2042", "2061");
		put(MINIMAX, Verdict.OVERLOADED, "2064");
		put(ZHIPU, Verdict.AUTH, "1000", "1001", "1002", "1003", "1004", "1110", "1111");
		put(ZHIPU, Verdict.PERMISSION_ALL, "1112", "1121");
		put(ZHIPU, Verdict.QUOTA, "1113", "1308", "1309", "1310");
		put(ZHIPU, Verdict.SERVER_ERROR, "1120", "1230", "1234");
		put(ZHIPU, Verdict.CLIENT_ERROR, "1210", "1212", "1213", "1214", "1215", "1221", "1222", "1231");
		put(ZHIPU, Verdict.MODEL_NOT_FOUND, "1211");
		put(ZHIPU, Verdict.PERMISSION, "1220", "1311");
		put(ZHIPU, Verdict.CONTEXT_LENGTH, "1261");
		put(ZHIPU, Verdict.CONTENT_FILTERED, "1301");
		put(ZHIPU, Verdict.RATE_LIMITED, "1302", "1303");
		put(ZHIPU, Verdict.MODEL_QUOTA, "1304");
		put(ZHIPU, Verdict.OVERLOADED, "1305", "1312");
		put(ZHIPU, Verdict.RATE_LIMITED_ALL, "1313");
		put(BAIDU, Verdict.SERVER_ERROR, "1", "336000");
		put(BAIDU, Verdict.OVERLOADED, "2", "336100");
		put(BAIDU, Verdict.RATE_LIMITED, "4", "18", "336501", "336502", "336503", "336504");
		put(BAIDU, Verdict.PERMISSION, "6");
		put(BAIDU, Verdict.AUTH, "13", "14", "15", "100", "110", "111");
		put(BAIDU, Verdict.QUOTA, "17", "19");
		put(BAIDU, Verdict.CLIENT_ERROR, "3", "336001", "336002", "336003", "336004", "336005", "336006");
		put(BAIDU, Verdict.CONTEXT_LENGTH, "336007", "336103");
		put(SILICON_FLOW, Verdict.MODEL_NOT_FOUND, "20012");
		put(SILICON_FLOW, Verdict.QUOTA, "30001", "30011");
		put(SILICON_FLOW, Verdict.PERMISSION, "30003");
		put(SILICON_FLOW, Verdict.OVERLOADED, "50505", "50508", "50603", "50604");
		put(CLOUDFLARE, Verdict.QUOTA, "3036");
		put(CLOUDFLARE, Verdict.OVERLOADED, "3040", "3050");
		put(CLOUDFLARE, Verdict.PERMISSION_ALL, "3023");
		put(CLOUDFLARE, Verdict.PERMISSION, "3041", "5016", "5018");
		put(CLOUDFLARE, Verdict.MODEL_NOT_FOUND, "3042", "5007");
		put(CLOUDFLARE, Verdict.CONTEXT_LENGTH, "5021");
		put(CLOUDFLARE, Verdict.TIMEOUT, "3007", "3008");
		put(CLOUDFLARE, Verdict.AUTH, "9109", "10000");
		put(CLOUDFLARE_GATEWAY, Verdict.RATE_LIMITED_ALL, "2003");
		put(CLOUDFLARE_GATEWAY, Verdict.AUTH, "2009");
		put(CLOUDFLARE_GATEWAY, Verdict.CONTENT_FILTERED, "2016", "2017");
		put(SPARK, Verdict.RATE_LIMITED, "10007", "11202", "11203");
		put(SPARK, Verdict.OVERLOADED, "10008", "10010", "10110");
		put(SPARK, Verdict.CONTENT_FILTERED, "10013", "10014", "10019");
		put(SPARK, Verdict.PERMISSION_ALL, "10016");
		put(SPARK, Verdict.CLIENT_ERROR, "10163");
		put(SPARK, Verdict.SERVER_ERROR, "10012", "10222");
		put(SPARK, Verdict.CONTEXT_LENGTH, "10907");
		put(SPARK, Verdict.QUOTA, "11200", "11201");
	}

	private VendorCodes() {
	}

	private static void put(Map<String, Verdict> codes, Verdict verdict, String... numbers) {
		for (String number : numbers) {
			codes.put(number, verdict);
		}
	}

	/**
	 * Judges the number in a vendor's envelope.
	 * @param facts what is known about the error
	 * @return the verdict, {@code null} if there is no such number
	 */
	static @Nullable Verdict judge(ErrorFacts facts) {
		Verdict verdict = miniMax(facts);
		verdict = (verdict != null) ? verdict : at(facts, "error_code", BAIDU);
		verdict = (verdict != null) ? verdict : nested(facts.text("error.code"));
		verdict = (verdict != null) ? verdict : at(facts, "errors[*].code", CLOUDFLARE);
		verdict = (verdict != null) ? verdict : at(facts, "error[*].code", CLOUDFLARE_GATEWAY);
		verdict = (verdict != null) ? verdict : flat(facts);
		return (verdict != null) ? verdict : atTheEnd(facts);
	}

	private static @Nullable Verdict miniMax(ErrorFacts facts) {
		if (INVALID_PARAMETERS.equals(facts.text("base_resp.status_code"))) {
			// which may be the model or the length
			Verdict phrase = ErrorPhrases.judge(facts);
			return (phrase != null) ? phrase : Verdict.CLIENT_ERROR;
		}
		return at(facts, "base_resp.status_code", MINIMAX);
	}

	private static @Nullable Verdict at(ErrorFacts facts, String place, Map<String, Verdict> codes) {
		String code = facts.text(place);
		return (code != null) ? codes.get(code) : null;
	}

	/** Numbers of four digits and of five. */
	private static @Nullable Verdict nested(@Nullable String code) {
		if (code == null) {
			return null;
		}
		Verdict verdict = ZHIPU.get(code);
		return (verdict != null) ? verdict : SPARK.get(code);
	}

	/** What stands beside a number at the top says whose it is. */
	private static @Nullable Verdict flat(ErrorFacts facts) {
		if (facts.text("code") == null) {
			return null;
		}
		if (facts.has("msg") || facts.has("success")) {
			return at(facts, "code", ZHIPU);
		}
		return facts.has("sid") ? at(facts, "code", SPARK) : at(facts, "code", SILICON_FLOW);
	}

	private static @Nullable Verdict atTheEnd(ErrorFacts facts) {
		if (!facts.message().endsWith(")") || !facts.has("error.type")) {
			return null;
		}
		Matcher number = AT_THE_END.matcher(facts.message());
		return number.find() ? MINIMAX.get(number.group(1)) : null;
	}

}
