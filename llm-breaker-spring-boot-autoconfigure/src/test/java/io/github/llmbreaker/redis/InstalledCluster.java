// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.resource.ClientResources;

import static org.awaitility.Awaitility.await;

/**
 * Three servers of this machine that share the keys among them.
 */
final class InstalledCluster implements AutoCloseable {

	private static final int SLOTS = 16_384;

	private final List<InstalledRedis> nodes;

	InstalledCluster(Path binary, ClientResources resources) {
		this.nodes = Stream
			.generate(() -> new InstalledRedis(binary, "--cluster-enabled", "yes", "--cluster-node-timeout", "5000"))
			.limit(3)
			.toList();
		RedisClient client = RedisClient.create(resources);
		try {
			IntStream.range(0, 3).forEach((i) -> on(client, i, (node) -> {
				node.clusterSetConfigEpoch(i + 1);
				node.clusterAddSlots(IntStream.range(i * SLOTS / 3, (i + 1) * SLOTS / 3).toArray());
			}));
			IntStream.range(1, 3).forEach((i) -> on(client, 0, (node) -> node.clusterMeet("127.0.0.1", port(i))));
			IntStream.range(0, 3)
				.forEach((i) -> on(client, i, (node) -> await().atMost(Duration.ofSeconds(30)).until(() -> {
					String info = node.clusterInfo();
					return info.contains("cluster_state:ok") && info.contains("cluster_size:3");
				})));
		}
		finally {
			client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
		}
	}

	int port(int node) {
		return this.nodes.get(node).port();
	}

	@Override
	public void close() {
		this.nodes.forEach(InstalledRedis::close);
	}

	private void on(RedisClient client, int node, Consumer<RedisCommands<String, String>> action) {
		try (StatefulRedisConnection<String, String> connection = client
			.connect(RedisURI.create("127.0.0.1", port(node)))) {
			action.accept(connection.sync());
		}
	}

}
