// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.actuate.endpoint;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BreakersPage}.
 */
class BreakersPageTests {

	@Test
	void nothingInThePageNeedsMoreThanTheStrictestPolicyAllows() {
		assertThat(BreakersPage.HTML).contains("default-src 'none'; script-src 'self'; style-src 'self'")
			.containsOnlyOnce("<script src=\"?page=script\" defer></script>")
			.containsOnlyOnce("<link rel=\"stylesheet\" href=\"?page=style\">")
			.doesNotContain("<style", "style=\"", "onclick", "javascript:", "<form", "data:");
	}

	@Test
	void loadsNothingFromElsewhereAndWritesNoMarkup() {
		assertThat(BreakersPage.HTML + BreakersPage.STYLE).doesNotContain("http://", "https://", "@import", "url(");
		assertThat(BreakersPage.SCRIPT.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http://", "https://",
				"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function",
				"setAttribute(\"style\"");
	}

	@Test
	void linksToNamesThatAreNoWholeText() {
		assertThat(BreakersPage.SCRIPT).contains("encodeURIComponent(part.replace(/\\p{Surrogate}/gu, ");
	}

	@Test
	void pageIsWrittenInAsciiOnly() {
		assertThat(BreakersPage.HTML).matches("\\p{ASCII}*");
		assertThat(BreakersPage.SCRIPT).matches("\\p{ASCII}*");
		assertThat(BreakersPage.STYLE).matches("\\p{ASCII}*");
	}

}
