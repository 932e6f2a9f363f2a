// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.samples.gateway;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

import io.github.llmbreaker.samples.gateway.SpeedProvider.Load;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Measures the CPU time that a gateway takes for a request and for a stream: this one, a
 * {@link BareProxy} and whatever else is named, each in a process of its own. What the
 * compilers of a JVM take is told apart, because they settle sooner or later. Run it with
 * {@code scripts/speed.sh}.
 */
final class SpeedComparison {

	private static final int ROUNDS = Integer.getInteger("speed.rounds", 7);

	/** As soon as the compilers take less of a process's time, it has warmed up. */
	private static final double COMPILING = 0.02;

	private static final int MAX_WARM_UPS = Integer.getInteger("speed.warm-ups", 30);

	private static final Load[] LOADS = Arrays
		.stream(System.getProperty("speed.loads", "DOCUMENT,STREAM,BURST").split(","))
		.map(Load::valueOf)
		.toArray(Load[]::new);

	private final HttpClient client = HttpClient
		.create(ConnectionProvider.builder("callers").maxConnections(1000).pendingAcquireMaxCount(-1).build());

	private final LongAdder pieces = new LongAdder();

	/** Microseconds for a call, by round, without the compilers'. */
	private final Map<Load, double[]> costs = new EnumMap<>(Load.class);

	/** What compilers take on top as long as they have not settled. */
	private final Map<Load, double[]> compilers = new EnumMap<>(Load.class);

	/** How many pieces an answer came in. */
	private final Map<Load, double[]> cuts = new EnumMap<>(Load.class);

	private final String name;

	private final int port;

	private final Process process;

	private final Map<String, String> headers;

	private SpeedComparison(String name, List<String> command, String upstream) throws IOException {
		this.name = name;
		this.port = freePort();
		// how Portkey's gateway is told what the others have in their configuration
		this.headers = Map.of("x-portkey-provider", "openai", "x-portkey-custom-host", upstream + "/v1");
		this.process = new ProcessBuilder(command.stream()
			.map((part) -> part.replace("PORT", Integer.toString(this.port)).replace("UPSTREAM", upstream))
			.toList()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
		for (Load load : LOADS) {
			this.costs.put(load, new double[ROUNDS]);
			this.compilers.put(load, new double[ROUNDS]);
			this.cuts.put(load, new double[ROUNDS]);
		}
	}

	/**
	 * Measures.
	 * @param arguments commands to start others with: {@code name=command}, in which
	 * {@code PORT} and {@code UPSTREAM} are replaced
	 */
	public static void main(String[] arguments) throws IOException, InterruptedException {
		DisposableServer provider = SpeedProvider.start();
		String upstream = "http://127.0.0.1:" + provider.port();
		List<SpeedComparison> all = new ArrayList<>();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> all.forEach((each) -> each.process.destroy())));
		try {
			all.add(new SpeedComparison("bare proxy", java(BareProxy.class.getName(), "PORT", "UPSTREAM"), upstream));
			all.add(new SpeedComparison("gateway", java(GatewayApplication.class.getName(), "--server.port=PORT",
					"--management.server.port=-1", "--gateway.upstream.base-url=UPSTREAM/v1"), upstream));
			for (String argument : arguments) {
				String[] parts = argument.split("=", 2);
				all.add(new SpeedComparison(parts[0], Arrays.asList(parts[1].split(" ")), upstream));
			}
			for (SpeedComparison each : all) {
				awaitOpen(each.port);
			}
			warmUp(all);
			measure(all);
		}
		finally {
			provider.disposeNow();
		}
		System.exit(0);
	}

	/** All of them the same number of times, because not all say whether they compile. */
	private static void warmUp(List<SpeedComparison> all) throws IOException {
		double compiling = 1;
		for (int round = 0; round < MAX_WARM_UPS && compiling > COMPILING; round++) {
			compiling = 0;
			for (SpeedComparison each : all) {
				compiling = Math.max(compiling, each.warmUp());
			}
			System.out.printf("warm-up %d: up to %.1f%% of the time is the compilers'%n", round + 1, 100 * compiling);
		}
	}

	/** In turn, so that whatever else the machine does concerns all of them alike. */
	private static void measure(List<SpeedComparison> all) throws IOException {
		for (int round = 0; round < ROUNDS; round++) {
			for (Load load : LOADS) {
				for (SpeedComparison each : all) {
					each.measure(load, round);
				}
				int now = round;
				System.out.println("round " + (round + 1) + ", us for a " + load + ": "
						+ all.stream()
							.map((each) -> each.name + " " + Math.round(each.costs.get(load)[now]))
							.collect(Collectors.joining(", ")));
			}
		}
		SpeedComparison bare = all.get(0);
		for (Load load : LOADS) {
			System.out.printf("%n%-12s %8s %18s %7s %18s %9s %7s%n", load, "us CPU", "least to most", "ratio",
					"least to most", "compilers", "pieces");
			for (SpeedComparison each : all) {
				double[] costs = sorted(each.costs.get(load));
				double[] ratios = sorted(each.ratios(load, bare));
				System.out.printf("%-12s %8.0f %8.0f to %6.0f %6.2fx %7.2fx to %5.2fx %9.0f %7.0f%n", each.name,
						median(costs), costs[0], costs[ROUNDS - 1], median(ratios), ratios[0], ratios[ROUNDS - 1],
						median(sorted(each.compilers.get(load))), median(sorted(each.cuts.get(load))));
			}
		}
	}

	private static double median(double[] sorted) {
		return sorted[sorted.length / 2];
	}

	private static double[] sorted(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted;
	}

	private double[] ratios(Load load, SpeedComparison to) {
		double[] ratios = new double[ROUNDS];
		Arrays.setAll(ratios, (round) -> this.costs.get(load)[round] / to.costs.get(load)[round]);
		return ratios;
	}

	private static List<String> java(String... arguments) {
		List<String> command = new ArrayList<>(
				List.of(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java", "-Xmx512m",
						"-XX:-UseDynamicNumberOfCompilerThreads"));
		command.addAll(List.of("-cp", System.getProperty("java.class.path")));
		command.addAll(List.of(arguments));
		return command;
	}

	/** Returns how much of the time its compilers took. */
	private double warmUp() throws IOException {
		Duration cpu = cpu();
		Duration compiling = compiling();
		for (int time = 0; time < 3; time++) {
			for (Load load : LOADS) {
				if (time == 0 || load != Load.STREAM) {
					calls(load);
				}
			}
		}
		return micros(compiling().minus(compiling)) / micros(cpu().minus(cpu));
	}

	private void measure(Load load, int round) throws IOException {
		this.pieces.reset();
		Duration before = cpu();
		Duration compiling = compiling();
		calls(load);
		double cost = micros(cpu().minus(before)) / load.calls;
		double compilers = micros(compiling().minus(compiling)) / load.calls;
		this.costs.get(load)[round] = cost - compilers;
		this.compilers.get(load)[round] = compilers;
		this.cuts.get(load)[round] = this.pieces.sum() / (double) load.calls;
	}

	private static double micros(Duration duration) {
		return duration.toNanos() / 1000.0;
	}

	/** User's and system's, of all threads, also of those that have ended. */
	private Duration cpu() {
		return this.process.info().totalCpuDuration().orElseThrow();
	}

	/** What the compilers of a JVM have taken; nothing for others, and without Linux. */
	private Duration compiling() throws IOException {
		Path threads = Path.of("/proc/" + this.process.pid() + "/task");
		if (!Files.isDirectory(threads)) {
			return Duration.ZERO;
		}
		long ticks = 0;
		try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
			for (Path thread : all) {
				ticks += compilerTicks(thread.resolve("stat"));
			}
		}
		return Duration.ofMillis(10 * ticks);
	}

	private static long compilerTicks(Path thread) {
		try {
			String line = Files.readString(thread);
			if (!line.contains("CompilerThre")) {
				return 0;
			}
			String[] parts = line.substring(line.lastIndexOf(')')).split(" ");
			return Long.parseLong(parts[12]) + Long.parseLong(parts[13]);
		}
		catch (IOException ex) {
			// a thread that has just ended is none of the compilers'
			return 0;
		}
	}

	private void calls(Load load) {
		byte[] body = load.request();
		Flux.range(0, load.calls).flatMap((number) -> this.client.headers((sent) -> {
			sent.set("Content-Type", "application/json");
			this.headers.forEach(sent::set);
		})
			.post()
			.uri("http://127.0.0.1:" + this.port + "/v1/chat/completions")
			.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
			.response((response, bytes) -> bytes.map(this::piece).reduce(0, Integer::sum))
			.doOnNext((length) -> check(load, length)), load.callers).blockLast(Duration.ofMinutes(10));
	}

	private int piece(ByteBuf bytes) {
		this.pieces.increment();
		return bytes.readableBytes();
	}

	private void check(Load load, int length) {
		if (length != load.length()) {
			throw new IllegalStateException(
					"Not the whole answer of " + this.name + ": " + length + " instead of " + load.length());
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static void awaitOpen(int port) throws InterruptedException {
		long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
		while (System.nanoTime() - end < 0) {
			try {
				new Socket("127.0.0.1", port).close();
				return;
			}
			catch (IOException ex) {
				Thread.sleep(100);
			}
		}
		throw new IllegalStateException("Nothing listens on port " + port);
	}

}
