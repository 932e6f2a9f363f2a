// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dns;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Calls with an {@code OkHttpClient}. Who leaves one cancels it.
 */
final class OkHttpHttp implements BlockingHttp, ReactiveHttp {

	private static final int FEW = 16;

	private static final long PATIENCE_SECONDS = 5;

	private final OkHttpClient client;

	private final Function<Ask, String> urls;

	/**
	 * Creates it.
	 * @param client the client, guarded
	 */
	OkHttpHttp(OkHttpClient client, Function<Ask, String> urls) {
		this.client = client.newBuilder().addInterceptor((chain) -> {
			ThrowingRequestFactory.check(chain.request().url().uri());
			return chain.proceed(chain.request());
		}).build();
		this.urls = urls;
	}

	/**
	 * A client to be guarded, which finds nothing but this machine, whatever network
	 * there is.
	 */
	static OkHttpClient client() {
		return new OkHttpClient.Builder().dns((host) -> {
			if (!host.equals("127.0.0.1")) {
				throw new UnknownHostException(host);
			}
			return Dns.SYSTEM.lookup(host);
		}).build();
	}

	/**
	 * Makes a call in a thread of its own.
	 */
	Seen execute(Ask ask) throws Exception {
		Call call = call(ask);
		StringBuffer into = new StringBuffer();
		FutureTask<String> task = new FutureTask<>(() -> read(call.execute(), ask, into));
		new Thread(task, "contract-caller").start();
		return see(ask, call, into, task);
	}

	/**
	 * Has a call made by OkHttp's threads.
	 */
	Seen enqueue(Ask ask) throws Exception {
		Call call = call(ask);
		StringBuffer into = new StringBuffer();
		return see(ask, call, into, enqueue(call, ask, into));
	}

	private static Seen see(Ask ask, Call call, StringBuffer into, Future<String> answer) throws Exception {
		boolean leaves = ask.reading() == Reading.NOTHING || ask.reading() == Reading.AT_HEAD;
		if (leaves) {
			ask.arrived().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
			call.cancel();
		}
		try {
			String text = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
			return (leaves || ask.reading() == Reading.UNTIL) ? Seen.left(text) : Seen.answer(text);
		}
		catch (ExecutionException ex) {
			return leaves ? Seen.left("") : Seen.failure(into.toString(), ex);
		}
		catch (TimeoutException ex) {
			throw new AssertionError("the call hangs", ex);
		}
	}

	private static CompletableFuture<String> enqueue(Call call, Ask ask, StringBuffer into) {
		CompletableFuture<String> answer = new CompletableFuture<>();
		call.enqueue(new Callback() {

			@Override
			public void onFailure(Call failed, IOException ex) {
				answer.completeExceptionally(ex);
			}

			@Override
			public void onResponse(Call answered, Response response) {
				try {
					answer.complete(OkHttpHttp.read(response, ask, into));
				}
				catch (Throwable ex) {
					answer.completeExceptionally(ex);
				}
			}

		});
		return answer;
	}

	@Override
	public void read(Ask ask, StringBuffer into) {
		try {
			read(call(ask).execute(), ask, into);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public Mono<String> whole(Ask ask) {
		return Mono.create((sink) -> {
			Call call = call(ask);
			sink.onDispose(call::cancel);
			enqueue(call, ask, new StringBuffer()).whenComplete((text, failure) -> {
				if (failure != null) {
					sink.error(failure);
				}
				else {
					sink.success(text);
				}
			});
		});
	}

	@Override
	public Flux<String> pieces(Ask ask) {
		return whole(ask).flux();
	}

	private Call call(Ask ask) {
		Request.Builder request = new Request.Builder().url(this.urls.apply(ask));
		RequestBody body = ask.json().isEmpty() ? null
				: RequestBody.create(ask.json(), MediaType.get("application/json"));
		return this.client.newCall(request.method(ask.method().name(), body).build());
	}

	private static String read(Response response, Ask ask, StringBuffer into) throws IOException {
		try (response) {
			if (!response.isSuccessful() && !response.isRedirect()) {
				throw new StatusException(response.code(), error(response));
			}
			switch (ask.reading()) {
				case HEAD, BODILESS -> {
				}
				case AT_HEAD -> {
					ask.arrived().complete(null);
					response.body().bytes();
				}
				case TWICE -> {
					String before = response.peekBody(Long.MAX_VALUE).string();
					into.append(response.body().string());
					if (!before.contentEquals(into)) {
						throw new IllegalStateException("'%s' is not '%s'".formatted(into, before));
					}
				}
				case WHOLE, NOTHING -> into.append(response.body().string());
				default -> readSome(response.body().byteStream(), ask, into);
			}
			return into.toString();
		}
	}

	private static String error(Response response) {
		try {
			return response.body().string();
		}
		catch (IOException ex) {
			return "";
		}
	}

	private static void readSome(InputStream body, Ask ask, StringBuffer into) throws IOException {
		byte[] buffer = new byte[FEW];
		int count = 0;
		while (count >= 0 && !ask.isEnough(into.length())) {
			count = body.read(buffer, 0,
					(ask.reading() == Reading.PIECES) ? FEW : Math.min(FEW, ask.bytes() - into.length()));
			into.append(new String(buffer, 0, Math.max(0, count), StandardCharsets.UTF_8));
		}
		ask.check(into.length());
	}

	/**
	 * An answer that is an error: OkHttp has no exception for it.
	 */
	static final class StatusException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final int status;

		private final String body;

		StatusException(int status, String body) {
			super("HTTP " + status);
			this.status = status;
			this.body = body;
		}

		int status() {
			return this.status;
		}

		String body() {
			return this.body;
		}

	}

}
