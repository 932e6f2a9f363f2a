// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.actuate.endpoint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BreakersPage}.
 */
class BreakersPageTests {

	@ParameterizedTest
	@ValueSource(strings = { "script", "style" })
	void onlyItsOwnScriptAndStyleMayRun(String element) throws Exception {
		Matcher matcher = Pattern.compile("<%1$s>(.*?)</%1$s>".formatted(element), Pattern.DOTALL)
			.matcher(BreakersPage.HTML);
		assertThat(matcher.find()).isTrue();
		byte[] digest = MessageDigest.getInstance("SHA-256").digest(matcher.group(1).getBytes(StandardCharsets.UTF_8));
		assertThat(BreakersPage.HTML)
			.as("Whoever changes the %s changes its hash in the policy at the top of the page", element)
			.contains("%s-src 'sha256-%s'".formatted(element, Base64.getEncoder().encodeToString(digest)));
		assertThat(matcher.find()).isFalse();
	}

	@Test
	void loadsNothingFromElsewhereAndWritesNoMarkup() {
		assertThat(BreakersPage.HTML).doesNotContain("http://", "https://", "src=", "@import", "innerHTML", "outerHTML",
				"insertAdjacentHTML", "document.write", "eval(", "style=\"", "onclick");
	}

	@Test
	void linksToNamesThatAreNoWholeText() {
		assertThat(BreakersPage.HTML).contains("encodeURIComponent(part.replace(/\\p{Surrogate}/gu, ")
			.containsOnlyOnce("encodeURIComponent");
	}

	@Test
	void pageIsWrittenInAsciiOnly() {
		assertThat(BreakersPage.HTML).matches("\\p{ASCII}*");
	}

}
