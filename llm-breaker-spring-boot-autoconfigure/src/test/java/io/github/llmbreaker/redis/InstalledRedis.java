// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import redis.embedded.core.ExecutableProvider;

import org.springframework.util.FileSystemUtils;

import static org.awaitility.Awaitility.await;

/**
 * A server of this machine: Redis or Valkey if they are on the path, otherwise the one
 * that comes with the tests.
 */
final class InstalledRedis implements AutoCloseable {

	/** Nodes of a cluster talk to each other at a port that is so much higher. */
	private static final int BUS = 10_000;

	private final Path directory;

	private final int port = freePort();

	private final Process process;

	InstalledRedis(Path binary, String... options) {
		this(binary, "", List.of(options));
	}

	private InstalledRedis(Path binary, String configuration, List<String> options) {
		try {
			this.directory = Files.createTempDirectory("installed-redis");
			Path file = Files.writeString(this.directory.resolve("conf"),
					"port %d%nbind 127.0.0.1%nsave \"\"%n%s".formatted(this.port, configuration));
			List<String> command = new ArrayList<>(List.of(binary.toString(), file.toString()));
			command.addAll(options);
			this.process = new ProcessBuilder(command).directory(this.directory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(this.directory.resolve("log").toFile())
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		await().atMost(Duration.ofSeconds(30)).until(this::answers);
	}

	/** Returns one that knows where the master is, which it calls by this name. */
	static InstalledRedis sentinel(Path binary, String name, InstalledRedis master) {
		return new InstalledRedis(binary, "sentinel monitor %s 127.0.0.1 %d 1".formatted(name, master.port()),
				List.of("--sentinel"));
	}

	/** Returns the servers of this machine, or the one that comes with the tests. */
	static List<Path> binaries() throws IOException {
		List<Path> installed = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
			.flatMap((directory) -> Stream.of("redis-server", "valkey-server")
				.map((name) -> Path.of(directory).resolve(name)))
			.filter(Files::isExecutable)
			.toList();
		return installed.isEmpty() ? List.of(ExecutableProvider.newJarResourceProvider().get().toPath()) : installed;
	}

	int port() {
		return this.port;
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
		try {
			this.process.waitFor();
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean answers() throws IOException {
		if (!this.process.isAlive()) {
			throw new IllegalStateException(Files.readString(this.directory.resolve("log")));
		}
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream().write("PING\r\n".getBytes());
			return socket.getInputStream().read() == '+';
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static int freePort() {
		for (int i = 0; i < 100; i++) {
			try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
				if (socket.getLocalPort() + BUS < 65_536) {
					return socket.getLocalPort();
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		throw new IllegalStateException("No port is free");
	}

}
