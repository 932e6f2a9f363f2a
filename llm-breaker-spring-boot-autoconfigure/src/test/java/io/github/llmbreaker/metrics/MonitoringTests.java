// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.breaker.TargetGate;
import io.github.llmbreaker.breaker.TestRegistry;
import io.github.llmbreaker.breaker.VirtualTime;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests that rules and dashboards ask for what there is.
 */
class MonitoringTests {

	private static final Path DIRECTORY = Path.of("..", "docs", "monitoring");

	private static final Pattern METER = Pattern.compile("\\b(llm_breaker_\\w+)(?:\\{(.*?)})?");

	private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"");

	/** Comes with a fleet, which no test of this package has. */
	private static final String FLEET = "llm_breaker_fleet_connected";

	/** What Prometheus itself adds. */
	private static final Set<String> ADDED = Set.of("job", "instance", "le");

	@ParameterizedTest
	@ValueSource(strings = { "alerts.yml", "alerts.test.yml", "dashboard.json" })
	void everyQueryAsksForMetersAndTagsThatExist(String file) throws IOException {
		assumeThat(DIRECTORY).exists();
		Map<String, Set<String>> series = series();
		String text = Files.readString(DIRECTORY.resolve(file)).replace("\\\"", "\"");
		List<MatchResult> asked = METER.matcher(text).results().filter((match) -> !isFleet(match)).toList();
		assertThat(asked).hasSizeGreaterThan(10).allSatisfy((match) -> {
			assertThat(series).containsKey(match.group(1));
			if (match.group(2) != null) {
				assertThat(series.get(match.group(1))).containsAll(MATCHER.matcher(match.group(2))
					.results()
					.map((tag) -> tag.group(1))
					.filter((tag) -> !ADDED.contains(tag))
					.toList());
			}
		});
	}

	@Test
	void everyMeterIsOnTheDashboard() throws IOException {
		assumeThat(DIRECTORY).exists();
		String dashboard = Files.readString(DIRECTORY.resolve("dashboard.json"));
		assertThat(Arrays.stream(BreakerMeters.values()).map((meter) -> meter.meterName().replace('.', '_')))
			.allSatisfy((name) -> assertThat(dashboard).contains(name));
	}

	@Test
	void everyPanelHasAPlaceOfItsOwnAndAUnit() throws IOException {
		assumeThat(DIRECTORY).exists();
		JsonNode panels = new JsonMapper().readTree(Files.readString(DIRECTORY.resolve("dashboard.json")))
			.path("panels");
		Set<String> places = new TreeSet<>();
		assertThat(panels).hasSizeGreaterThan(10).allSatisfy((panel) -> {
			assertThat(places.add(panel.path("gridPos").toString())).isTrue();
			assertThat(panel.path("fieldConfig").path("defaults").path("unit").asString()).isNotEmpty();
		});
	}

	@Test
	void everyAlertIsInTheRunbook() throws IOException {
		assumeThat(DIRECTORY).exists();
		String runbook = Files.readString(DIRECTORY.resolveSibling("runbook.md"));
		Stream<String> alerts = Files.readAllLines(DIRECTORY.resolve("alerts.yml"))
			.stream()
			.filter((line) -> line.contains("- alert: "))
			.map((line) -> line.replaceFirst(".*- alert: ", ""));
		assertThat(alerts).isNotEmpty().allSatisfy((alert) -> assertThat(runbook).contains("### " + alert + "\n"));
	}

	private static boolean isFleet(MatchResult match) {
		return match.group(1).equals(FLEET);
	}

	/** Returns the names of all series that there can be, and the names of their tags. */
	private static Map<String, Set<String>> series() {
		PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		meters.config().meterFilter(histograms());
		VirtualTime time = new VirtualTime();
		BreakerRegistry registry = TestRegistry.create(time, new MetricsBreakerListener(() -> meters));
		TestRegistry.open(registry, TestRegistry.TARGET);
		time.advanceSeconds(30);
		TestRegistry.calls(registry, TestRegistry.TARGET, 3, TestRegistry.SUCCESS);
		TargetGate gate = registry.gate(TestRegistry.TARGET);
		gate.retrying(Duration.ZERO);
		gate.fallingBackTo(gate);
		Map<String, Set<String>> series = new HashMap<>();
		Pattern line = Pattern.compile("^(llm_breaker_\\w+)\\{(.*)} .*$", Pattern.MULTILINE);
		line.matcher(meters.scrape())
			.results()
			.forEach((match) -> MATCHER.matcher(match.group(2))
				.results()
				.forEach((tag) -> series.computeIfAbsent(match.group(1), (name) -> new TreeSet<>()).add(tag.group(1))));
		return series;
	}

	private static MeterFilter histograms() {
		return new MeterFilter() {

			@Override
			public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
				return id.getName().equals("llm.breaker.recovery")
						? DistributionStatisticConfig.builder().percentilesHistogram(true).build().merge(config)
						: config;
			}

		};
	}

}
