// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.time.Duration;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.resource.ClientResources;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Connections of its own with Lettuce: commands give up soon, and a dead connection is
 * made anew by who needs it, not after a wait that grows to half a minute.
 */
final class LettuceFleetConnections implements FleetConnections {

	private final LettuceConnectionFactory model;

	private @Nullable ClientResources ownResources;

	private @Nullable LettuceConnectionFactory factory;

	private LettuceFleetConnections(LettuceConnectionFactory model) {
		this.model = model;
	}

	static boolean suits(RedisConnectionFactory factory) {
		return factory.getClass() == LettuceConnectionFactory.class;
	}

	static FleetConnections like(RedisConnectionFactory factory) {
		return new LettuceFleetConnections((LettuceConnectionFactory) factory);
	}

	@Override
	public RedisConnectionFactory open() {
		if (this.factory == null) {
			this.factory = new LettuceConnectionFactory(server(), client());
			this.factory.afterPropertiesSet();
			this.factory.start();
		}
		return this.factory;
	}

	@Override
	public int database() {
		return this.model.getDatabase();
	}

	@Override
	public boolean drop() {
		LettuceConnectionFactory dropped = this.factory;
		this.factory = null;
		if (dropped != null) {
			dropped.destroy();
		}
		return true;
	}

	@Override
	public void close() {
		drop();
		ClientResources dropped = this.ownResources;
		this.ownResources = null;
		if (dropped != null) {
			dropped.shutdown();
		}
	}

	private RedisConfiguration server() {
		if (this.model.getClusterConfiguration() != null) {
			return this.model.getClusterConfiguration();
		}
		if (this.model.getSentinelConfiguration() != null) {
			return this.model.getSentinelConfiguration();
		}
		return (this.model.getSocketConfiguration() != null) ? this.model.getSocketConfiguration()
				: this.model.getStandaloneConfiguration();
	}

	private LettuceClientConfiguration client() {
		LettuceClientConfiguration client = this.model.getClientConfiguration();
		LettuceClientConfiguration.LettuceClientConfigurationBuilder builder = LettuceClientConfiguration.builder()
			.clientResources(client.getClientResources().orElseGet(this::ownResources))
			.clientOptions(impatient(client.getClientOptions().orElseGet(this::defaults)))
			.commandTimeout(FleetSettings.PATIENCE)
			.shutdownTimeout(Duration.ofMillis(100))
			.shutdownQuietPeriod(Duration.ZERO);
		client.getClientName().ifPresent(builder::clientName);
		client.getRedisCredentialsProviderFactory().ifPresent(builder::redisCredentialsProviderFactory);
		if (client.isUseSsl()) {
			LettuceClientConfiguration.LettuceSslClientConfigurationBuilder ssl = builder.useSsl();
			if (client.isStartTls()) {
				ssl.startTls();
			}
			ssl.verifyPeer(client.getVerifyMode());
		}
		return builder.build();
	}

	private ClientResources ownResources() {
		if (this.ownResources == null) {
			this.ownResources = ClientResources.create();
		}
		return this.ownResources;
	}

	private ClientOptions defaults() {
		return (this.model.getClusterConfiguration() != null) ? ClusterClientOptions.create() : ClientOptions.create();
	}

	private static ClientOptions impatient(ClientOptions options) {
		ClientOptions.Builder builder = options.mutate();
		return builder.autoReconnect(false)
			.socketOptions(options.getSocketOptions().mutate().connectTimeout(FleetSettings.PATIENCE).build())
			.build();
	}

}
