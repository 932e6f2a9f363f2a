// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.netty.channel.EventLoop;
import io.netty.resolver.AddressResolverGroup;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.TransportConfig;

/**
 * Connections to providers, a pool for each thread that serves connections: a caller's
 * answer then comes in the thread that sends it on, and no event of a stream has to wake
 * another one.
 */
final class ColocatedConnections implements ConnectionProvider {

	private final Supplier<ConnectionProvider.Builder> settings;

	private final Map<EventLoop, Pool> pools = new ConcurrentHashMap<>();

	/** For threads that serve no connections, as those of timers. */
	private final Pool elsewhere;

	/**
	 * Creates them.
	 * @param settings what holds for each pool
	 */
	ColocatedConnections(Supplier<ConnectionProvider.Builder> settings) {
		this.settings = settings;
		this.elsewhere = new Pool(settings.get());
	}

	@Override
	public Mono<? extends Connection> acquire(TransportConfig config, ConnectionObserver observer,
			@Nullable Supplier<? extends SocketAddress> remote, @Nullable AddressResolverGroup<?> resolver) {
		EventLoop loop = config.loopResources().onClient(config.isPreferNative()).next();
		Pool own = loop.inEventLoop() ? this.pools.computeIfAbsent(loop, (each) -> new Pool(this.settings.get()))
				: this.elsewhere;
		SocketAddress address = (remote != null) ? remote.get() : null;
		Pool pool = (address != null && own.isEmpty(address)) ? idleElsewhere(address, own) : own;
		return pool.connections.acquire(config, observer, remote, resolver);
	}

	/** While calls are rare, waking a thread costs less than another connection. */
	private Pool idleElsewhere(SocketAddress address, Pool own) {
		for (Pool pool : this.pools.values()) {
			if (pool.hasIdle(address)) {
				return pool;
			}
		}
		return this.elsewhere.hasIdle(address) ? this.elsewhere : own;
	}

	@Override
	public Mono<Void> disposeLater() {
		return Flux.fromIterable(this.pools.values())
			.concatWithValues(this.elsewhere)
			.flatMap((pool) -> pool.connections.disposeLater())
			.then();
	}

	/**
	 * The connections of one thread.
	 */
	private static final class Pool implements ConnectionProvider.MeterRegistrar {

		private final Map<SocketAddress, ConnectionPoolMetrics> byAddress = new ConcurrentHashMap<>();

		private final ConnectionProvider connections;

		Pool(ConnectionProvider.Builder settings) {
			this.connections = settings.metrics(true, () -> this).build();
		}

		boolean isEmpty(SocketAddress address) {
			ConnectionPoolMetrics metrics = this.byAddress.get(address);
			return metrics == null || metrics.allocatedSize() == 0;
		}

		boolean hasIdle(SocketAddress address) {
			ConnectionPoolMetrics metrics = this.byAddress.get(address);
			return metrics != null && metrics.idleSize() > 0;
		}

		@Override
		public void registerMetrics(String poolName, String id, SocketAddress remoteAddress,
				ConnectionPoolMetrics metrics) {
			this.byAddress.put(remoteAddress, metrics);
		}

		@Override
		public void deRegisterMetrics(String poolName, String id, SocketAddress remoteAddress) {
			this.byAddress.remove(remoteAddress);
		}

	}

}
