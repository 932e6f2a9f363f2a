// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.okhttp;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;

import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.call.LlmCall;
import org.jspecify.annotations.Nullable;

/**
 * Lets the futures of an SDK fail with a rejection itself. OkHttp hands nothing but an
 * {@code IOException} to other threads, which an SDK wraps once more.
 */
final class PlainRejections implements InvocationHandler {

	/** What the HTTP client of an SDK is called, in a package of each. */
	private static final String TYPE = ".core.http.HttpClient";

	private final Object client;

	private PlainRejections(Object client) {
		this.client = client;
	}

	/**
	 * Whether a field holds the HTTP client of an SDK.
	 */
	static boolean isClient(Class<?> type) {
		return type.isInterface() && type.getName().endsWith(TYPE);
	}

	/**
	 * Returns the same client, whose futures tell rejections as they are.
	 * @param type the SDK's type of HTTP clients
	 * @param client the client that is on OkHttp
	 */
	static Object around(Class<?> type, Object client) {
		return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, new PlainRejections(client));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		Object result;
		try {
			result = method.invoke(this.client, arguments);
		}
		catch (InvocationTargetException ex) {
			throw (ex.getCause() != null) ? ex.getCause() : ex;
		}
		return (result instanceof CompletableFuture<?> future) ? plain(future) : result;
	}

	private static <T> CompletableFuture<T> plain(CompletableFuture<T> future) {
		CompletableFuture<T> plain = new CompletableFuture<>();
		future.whenComplete((answer, failure) -> {
			if (failure == null) {
				plain.complete(answer);
				return;
			}
			LlmCallRejectedException rejection = LlmCall.rejectionIn(failure);
			plain.completeExceptionally((rejection != null) ? rejection : failure);
		});
		plain.whenComplete((answer, failure) -> {
			if (plain.isCancelled()) {
				future.cancel(false);
			}
		});
		return plain;
	}

}
