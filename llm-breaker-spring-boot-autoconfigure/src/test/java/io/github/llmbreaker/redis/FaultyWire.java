// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stands between an instance and Redis, and hands on bytes or not.
 */
final class FaultyWire implements AutoCloseable {

	private final int target;

	private final ServerSocket server;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private boolean swallowing;

	private volatile Duration delay = Duration.ZERO;

	private volatile boolean refusing;

	FaultyWire(int target) {
		this.target = target;
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		thread(this::accept);
	}

	int port() {
		return this.server.getLocalPort();
	}

	/** Holds back all bytes of all connections, which stay open. */
	void swallow(boolean on) {
		this.lock.lock();
		try {
			this.swallowing = on;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Hands on all bytes, but so much later. */
	void delay(Duration delay) {
		this.delay = delay;
	}

	/** Cuts all connections, and new ones at once. */
	void cut(boolean on) {
		this.refusing = on;
		if (on) {
			this.sockets.forEach(FaultyWire::close);
		}
	}

	@Override
	public void close() {
		swallow(false);
		cut(true);
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				Socket client = this.server.accept();
				if (this.refusing) {
					close(client);
					continue;
				}
				Socket redis = new Socket(InetAddress.getLoopbackAddress(), this.target);
				this.sockets.add(client);
				this.sockets.add(redis);
				thread(() -> copy(client, redis));
				thread(() -> copy(redis, client));
			}
			catch (IOException ex) {
				// closed, or Redis is not there: the client sees it
			}
		}
	}

	private void copy(Socket from, Socket to) {
		byte[] buffer = new byte[8192];
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				awaitPassage();
				out.write(buffer, 0, read);
			}
		}
		catch (IOException | InterruptedException ex) {
			// the other side sees it
		}
		finally {
			close(from);
			close(to);
		}
	}

	private void awaitPassage() throws InterruptedException {
		this.lock.lock();
		try {
			while (this.swallowing) {
				this.changed.await();
			}
			long left = this.delay.toNanos();
			while (left > 0) {
				left = this.changed.awaitNanos(left);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void thread(Runnable runnable) {
		Thread thread = new Thread(runnable, "faulty-wire");
		thread.setDaemon(true);
		thread.start();
	}

}
