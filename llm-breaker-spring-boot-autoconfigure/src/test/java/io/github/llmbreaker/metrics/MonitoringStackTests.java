// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests that Prometheus and Grafana, started by {@code docker compose}, find their files
 * and each other.
 */
class MonitoringStackTests {

	private static final Path DIRECTORY = Path.of("..", "docs", "monitoring");

	/** What the format allows a service to have, as far as it is used here. */
	private static final Set<String> KEYS = Set.of("image", "ports", "volumes", "environment", "extra_hosts",
			"depends_on");

	@BeforeEach
	void theRepositoryIsThere() {
		assumeThat(DIRECTORY).exists();
	}

	@Test
	void servicesAreWrittenAsTheFormatWants() throws IOException {
		Map<String, Object> compose = yaml("compose.yml");
		assertThat(compose).containsOnlyKeys("services");
		Map<String, Map<String, Object>> services = services(compose);
		assertThat(services).containsOnlyKeys("prometheus", "grafana").allSatisfy((name, service) -> {
			assertThat(KEYS).containsAll(service.keySet());
			assertThat((String) service.get("image")).matches("[a-z]+/[a-z]+:v?\\d+\\.\\d+\\.\\d+");
			assertThat(list(service, "ports")).isNotEmpty()
				.allMatch((port) -> port.matches("((\\d+\\.){3}\\d+:)?\\d+:\\d+"));
			assertThat(services.keySet()).containsAll(list(service, "depends_on"));
		});
		assertThat((Map<?, ?>) services.get("grafana").get("environment"))
			.allSatisfy((name, value) -> assertThat(value).isInstanceOf(String.class));
	}

	@Test
	void everyFileThatIsMountedIsThereAndOnlyRead() throws IOException {
		for (Map<String, Object> service : services(yaml("compose.yml")).values()) {
			assertThat(list(service, "volumes")).isNotEmpty().allSatisfy((volume) -> {
				assertThat(volume).endsWith(":ro");
				assertThat(DIRECTORY.resolve(volume.split(":")[0])).exists();
			});
		}
	}

	@Test
	void prometheusFindsItsConfigurationAndItsRules() throws IOException {
		Map<String, String> files = mounts("prometheus");
		assertThat(files).containsEntry("/etc/prometheus/prometheus.yml", "./prometheus.yml");
		Map<String, Object> prometheus = yaml("prometheus.yml");
		assertThat(list(prometheus, "rule_files")).isNotEmpty()
			.allSatisfy((rules) -> assertThat(files).containsKey("/etc/prometheus/" + rules));
		assertThat(prometheus.get("scrape_configs").toString()).contains("host.docker.internal:8080",
				"/actuator/prometheus");
		assertThat(list(services(yaml("compose.yml")).get("prometheus"), "extra_hosts"))
			.contains("host.docker.internal:host-gateway");
	}

	@Test
	void grafanaFindsItsDataAndTheDashboard() throws IOException {
		Map<String, String> files = mounts("grafana");
		Path sources = DIRECTORY.resolve(files.get("/etc/grafana/provisioning/datasources"));
		Path dashboards = DIRECTORY.resolve(files.get("/etc/grafana/provisioning/dashboards"));
		Map<String, Object> source = first(yaml(sources.resolve("prometheus.yml")), "datasources");
		assertThat(source).containsEntry("type", "prometheus").containsEntry("url", "http://prometheus:9090");
		Map<?, ?> options = (Map<?, ?>) first(yaml(dashboards.resolve("llm-breaker.yml")), "providers").get("options");
		assertThat(files).containsEntry(options.get("path") + "/llm-breaker.json", "./dashboard.json");
		JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(DIRECTORY.resolve("dashboard.json")));
		assertThat(dashboard.path("uid").asString()).isEqualTo("llm-breaker");
		assertThat(Files.readString(DIRECTORY.resolve("compose.yml"))).contains("/d/llm-breaker");
	}

	private static Map<String, String> mounts(String service) throws IOException {
		Map<String, String> files = new LinkedHashMap<>();
		list(services(yaml("compose.yml")).get(service), "volumes")
			.forEach((volume) -> files.put(volume.split(":")[1], volume.split(":")[0]));
		return files;
	}

	private static Map<String, Object> yaml(String file) throws IOException {
		return yaml(DIRECTORY.resolve(file));
	}

	private static Map<String, Object> yaml(Path file) throws IOException {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		return new Yaml(options).load(Files.readString(file));
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Map<String, Object>> services(Map<String, Object> compose) {
		return (Map<String, Map<String, Object>>) compose.get("services");
	}

	@SuppressWarnings("unchecked")
	private static Map<String, Object> first(Map<String, Object> document, String key) {
		return ((List<Map<String, Object>>) document.get(key)).get(0);
	}

	@SuppressWarnings("unchecked")
	private static List<String> list(Map<String, Object> service, String key) {
		return (List<String>) service.getOrDefault(key, List.of());
	}

}
