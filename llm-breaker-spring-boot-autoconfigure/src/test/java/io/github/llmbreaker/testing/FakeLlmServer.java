// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * An LLM provider on a real socket that answers what the test tells it to: first the
 * {@link #enqueue enqueued} answers in order, then what {@link #always} says.
 */
public final class FakeLlmServer implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final ServerSocket serverSocket;

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "fake-llm-server");
		thread.setDaemon(true);
		return thread;
	});

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final Queue<FakeAnswer> script = new ConcurrentLinkedQueue<>();

	private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

	private final BlockingQueue<RecordedRequest> arrivals = new LinkedBlockingQueue<>();

	private final AtomicInteger connections = new AtomicInteger();

	private final Semaphore disconnects = new Semaphore(0);

	private final Semaphore proceed = new Semaphore(0);

	private volatile Function<RecordedRequest, FakeAnswer> always = (request) -> FakeAnswer.status(501);

	private FakeLlmServer() throws IOException {
		this.serverSocket = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
	}

	public static FakeLlmServer start() {
		try {
			FakeLlmServer server = new FakeLlmServer();
			server.threads.execute(server::accept);
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public int port() {
		return this.serverSocket.getLocalPort();
	}

	public URI uri() {
		return URI.create(url());
	}

	/**
	 * The base URL without a slash at the end.
	 */
	public String url() {
		return "http://127.0.0.1:" + port();
	}

	public FakeLlmServer enqueue(FakeAnswer... answers) {
		this.script.addAll(List.of(answers));
		return this;
	}

	public FakeLlmServer always(FakeAnswer answer) {
		return always((request) -> answer);
	}

	public FakeLlmServer always(Function<RecordedRequest, FakeAnswer> handler) {
		this.always = handler;
		return this;
	}

	/**
	 * All requests so far, in the order of arrival.
	 */
	public List<RecordedRequest> requests() {
		return this.requests;
	}

	public int requestCount() {
		return this.requests.size();
	}

	/**
	 * Waits for the next request that was not taken yet.
	 */
	public RecordedRequest takeRequest() {
		try {
			RecordedRequest request = this.arrivals.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
			if (request == null) {
				throw new AssertionError("no request has arrived within " + PATIENCE);
			}
			return request;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * How many connections were opened so far.
	 */
	public int connectionCount() {
		return this.connections.get();
	}

	/**
	 * Waits until a client has closed its connection during a {@link FakeAnswer#stall()}.
	 */
	public void awaitDisconnect() {
		acquire(this.disconnects, "the client has not disconnected within " + PATIENCE);
	}

	/**
	 * Lets one {@link FakeAnswer#hold()} end.
	 */
	public void proceed() {
		this.proceed.release();
	}

	@Override
	public void close() {
		try {
			this.serverSocket.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.threads.shutdownNow();
		}
	}

	private void accept() {
		while (!this.serverSocket.isClosed()) {
			try {
				Socket socket = this.serverSocket.accept();
				this.connections.incrementAndGet();
				this.sockets.add(socket);
				if (this.serverSocket.isClosed()) {
					// the server may have looked for what to close before
					socket.close();
					return;
				}
				this.threads.execute(() -> serve(socket));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			socket.setTcpNoDelay(true);
			FakeConnection connection = new FakeConnection(socket, this.disconnects, this.proceed);
			RecordedRequest request = connection.read();
			while (request != null) {
				this.requests.add(request);
				this.arrivals.add(request);
				answerTo(request).writeTo(connection);
				request = connection.isClosed() ? null : connection.read();
			}
		}
		catch (IOException ex) {
			this.disconnects.release();
		}
		finally {
			this.sockets.remove(socket);
		}
	}

	private FakeAnswer answerTo(RecordedRequest request) {
		FakeAnswer answer = this.script.poll();
		return (answer != null) ? answer : this.always.apply(request);
	}

	static void acquire(Semaphore semaphore, String message) {
		try {
			if (!semaphore.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new AssertionError(message);
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
