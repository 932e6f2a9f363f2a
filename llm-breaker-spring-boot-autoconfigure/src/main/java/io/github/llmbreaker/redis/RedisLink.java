// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.llmbreaker.breaker.SharedState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.Subscription;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;

/**
 * Talks to Redis.
 */
final class RedisLink implements FleetLink {

	private static final Logger logger = LoggerFactory.getLogger(RedisLink.class);

	private final FleetConnections connections;

	private final FleetSettings settings;

	private final ThreadFactory threads;

	private final String channel;

	/** What this instance has heard of itself: that the news arrive. */
	private final Semaphore echoes = new Semaphore(0);

	private @Nullable StringRedisTemplate redis;

	private @Nullable RedisConnection listening;

	RedisLink(FleetConnections connections, FleetSettings settings, ThreadFactory threads) {
		this.connections = connections;
		this.settings = settings;
		this.threads = threads;
		this.channel = settings.news(connections.database());
	}

	@Override
	public void open(Consumer<FleetNews> news) {
		RedisConnectionFactory factory = this.connections.open();
		this.redis = new StringRedisTemplate(factory);
		RedisConnection connection = factory.getConnection();
		this.listening = connection;
		this.echoes.drainPermits();
		MessageListener listener = (message, pattern) -> heard(message, news);
		byte[][] channels = { bytes(this.channel), bytes(this.settings.echo()) };
		// some drivers hold the thread for as long as they listen
		this.threads.newThread(() -> quietly(() -> connection.subscribe(listener, channels))).start();
	}

	@Override
	public void drop() {
		RedisConnection connection = this.listening;
		this.listening = null;
		this.redis = null;
		quietly(() -> {
			if (!this.connections.drop() && connection != null) {
				stopListening(connection);
			}
		});
	}

	@Override
	public void close() {
		drop();
		quietly(this.connections::close);
	}

	@Override
	public Beat beat(String epoch) {
		List<String> answer = run(Script.BEAT, null, this.settings.instance(), this.settings.echo(), epoch,
				millis(FleetSettings.KEEP), millis(FleetSettings.SILENCE));
		return new Beat(answer.get(0), Long.parseLong(answer.get(1)), Long.parseLong(answer.get(2)),
				List.copyOf(answer.subList(3, answer.size())));
	}

	@Override
	public boolean hears(Duration patience) throws InterruptedException {
		boolean heard = this.echoes.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
		this.echoes.drainPermits();
		return heard;
	}

	@Override
	public List<FleetNews> read() {
		List<String> answer = run(Script.READ, null, millis(FleetSettings.REMEMBER));
		return answer.stream().skip(1).map(FleetNews::parse).filter(Objects::nonNull).toList();
	}

	@Override
	public Changing change(String name, FleetMember.Pending pending, long now) {
		SharedState state = pending.state();
		Duration remaining = pending.remaining(now);
		List<String> answer = run(Script.CHANGE, name, name, this.settings.instance(),
				String.valueOf(pending.version()), state.state().name(), (remaining != null) ? millis(remaining) : "-1",
				FleetNews.Changed.reasonOf(state), this.channel, millis(FleetSettings.KEEP),
				String.valueOf(FleetSettings.MOST_BREAKERS), millis(Duration.ofNanos(now - pending.at())));
		if ("1".equals(answer.get(0))) {
			return new Changing(Long.parseLong(answer.get(1)), null);
		}
		// from a later release, and of no use here
		return new Changing(pending.version(),
				(FleetNews.parse(answer.get(1)) instanceof FleetNews.Changed better) ? better : null);
	}

	@Override
	public FleetNews.Probing claim(String name, Duration lease) {
		List<String> answer = run(Script.CLAIM, name, name, this.settings.instance(), millis(lease), this.channel,
				millis(FleetSettings.KEEP));
		return new FleetNews.Probing(name, answer.get(2), Duration.ofMillis(Long.parseLong(answer.get(1))));
	}

	@Override
	public @Nullable Sum tell(String name, FleetCounts.Report report, String epoch) {
		List<String> arguments = new ArrayList<>(List.of(name, this.settings.instance(), report.failing() ? "1" : "0",
				this.channel, millis(FleetSettings.JUDGED), millis(FleetCounts.WATCH),
				String.valueOf(FleetCounts.STRETCH), epoch));
		report.news().forEach((number, count) -> {
			arguments.add(number.toString());
			for (int part : new int[] { count.calls(), count.proofs(), count.failures(), count.hints() }) {
				arguments.add(String.valueOf(part));
			}
		});
		List<String> answer = run(Script.TELL, name, arguments.toArray());
		if (answer.isEmpty()) {
			return null;
		}
		Map<Long, FleetCounts.Count> calls = new HashMap<>();
		for (String line : answer.subList(2, answer.size())) {
			String[] parts = line.split(" ");
			calls.put(Long.valueOf(parts[0]), new FleetCounts.Count(Integer.parseInt(parts[1]),
					Integer.parseInt(parts[2]), Integer.parseInt(parts[3]), Integer.parseInt(parts[4])));
		}
		return new Sum(Long.parseLong(answer.get(0)), Long.parseLong(answer.get(1)), calls);
	}

	@Override
	public void leave() {
		run(Script.LEAVE, null, this.settings.instance(), this.channel);
	}

	private List<String> run(Script script, @Nullable String name, Object... arguments) {
		if (this.redis == null) {
			throw new RedisConnectionFailureException("Not connected");
		}
		return script.run(this.redis, script.keys.stream().map((key) -> key(key, name)).toList(), arguments);
	}

	/** Calls are kept by breaker, everything else for all of them. */
	private String key(String name, @Nullable String breaker) {
		return this.settings.key("calls".equals(name) ? name + ":" + breaker : name);
	}

	private void heard(Message message, Consumer<FleetNews> news) {
		String line = new String(message.getBody(), StandardCharsets.UTF_8);
		if ("E".equals(line)) {
			this.echoes.release();
			return;
		}
		FleetNews parsed = FleetNews.parse(line);
		if (parsed != null) {
			news.accept(parsed);
		}
	}

	private static void stopListening(RedisConnection connection) {
		Subscription subscription = connection.getSubscription();
		if (subscription != null) {
			quietly(subscription::close);
		}
		connection.close();
	}

	/** What goes wrong with a connection that is given up anyway, or shows soon. */
	private static void quietly(Runnable action) {
		try {
			action.run();
		}
		catch (RuntimeException ex) {
			logger.debug("Connection to Redis failed", ex);
		}
	}

	private static String millis(Duration duration) {
		return String.valueOf(duration.toMillis());
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * What Redis does as one step.
	 */
	private enum Script {

		CHANGE("breakers", "meta", "leases", "calls"), BEAT("breakers", "meta", "leases", "instances"),
		READ("breakers", "meta", "leases"), CLAIM("leases"), LEAVE("leases", "instances"), TELL("calls", "meta");

		private final List<String> keys;

		@SuppressWarnings("rawtypes")
		private final DefaultRedisScript<List> script = new DefaultRedisScript<>();

		Script(String... keys) {
			this.keys = List.of(keys);
			this.script.setLocation(new ClassPathResource(name().toLowerCase(Locale.ROOT) + ".lua", RedisLink.class));
			this.script.setResultType(List.class);
		}

		@SuppressWarnings("unchecked")
		List<String> run(StringRedisTemplate redis, List<String> names, Object... arguments) {
			return redis.execute(this.script, names, arguments);
		}

	}

}
