// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.time.Duration;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.resource.ClientResources;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStaticMasterReplicaConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.ReflectionUtils;

/**
 * Connections of its own with Lettuce: commands give up soon, and a dead connection is
 * made anew by who needs it, not after a wait that grows to half a minute.
 */
final class LettuceFleetConnections implements FleetConnections {

	private static final Logger logger = LoggerFactory.getLogger(LettuceFleetConnections.class);

	private static final String SERVER = "configuration";

	private final LettuceConnectionFactory model;

	private final RedisConfiguration server;

	private @Nullable ClientResources ownResources;

	private @Nullable LettuceConnectionFactory factory;

	private int dropped;

	private LettuceFleetConnections(LettuceConnectionFactory model, RedisConfiguration server) {
		this.model = model;
		this.server = server;
	}

	/**
	 * Returns connections like those of a factory.
	 * @param factory the application's
	 * @return the connections; {@code null} if where they lead is not known
	 */
	static @Nullable FleetConnections like(RedisConnectionFactory factory) {
		if (factory.getClass() != LettuceConnectionFactory.class) {
			return null;
		}
		RedisConfiguration server = serverOf(factory);
		return (server != null) ? new LettuceFleetConnections((LettuceConnectionFactory) factory, server) : null;
	}

	/**
	 * The getters know neither a master with replicas nor what was given as no more than
	 * a configuration: they say that it is on this machine.
	 */
	private static @Nullable RedisConfiguration serverOf(RedisConnectionFactory factory) {
		Field field = ReflectionUtils.findField(LettuceConnectionFactory.class, SERVER, RedisConfiguration.class);
		try {
			if (field != null) {
				ReflectionUtils.makeAccessible(field);
				return (RedisConfiguration) ReflectionUtils.getField(field, factory);
			}
		}
		catch (InaccessibleObjectException ex) {
			logger.debug("Fleet uses the connections of the application", ex);
		}
		return null;
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
		LettuceConnectionFactory old = this.factory;
		this.factory = null;
		if (old != null) {
			this.dropped++;
			old.destroy();
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

	/**
	 * News don't come through a master and its replicas taken together, so it is one of
	 * them: the next one each time, until it is the master.
	 */
	private RedisConfiguration server() {
		if (this.server instanceof RedisStaticMasterReplicaConfiguration several) {
			return several.getNodes().get(this.dropped % several.getNodes().size());
		}
		return this.server;
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
