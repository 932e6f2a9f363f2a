// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.okhttp;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;

import io.github.llmbreaker.call.Unchecked;
import okhttp3.Authenticator;
import okhttp3.CookieJar;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the clients by which attempts are made that have to be calls of their own. They
 * share connections, threads, proxies and TLS with the client of the application.
 */
final class AttemptClients {

	private static final Logger logger = LoggerFactory.getLogger(AttemptClients.class);

	private static final ClassValue<@Nullable MethodHandle> CLIENTS = new ClassValue<>() {

		@Override
		protected @Nullable MethodHandle computeValue(Class<?> type) {
			return getter(type);
		}

	};

	/** Makes the attempts. */
	private final Interceptor self;

	private final Map<OkHttpClient, OkHttpClient> same = Collections.synchronizedMap(new WeakHashMap<>());

	private final Map<OkHttpClient, OkHttpClient> crossing = Collections.synchronizedMap(new WeakHashMap<>());

	AttemptClients(Interceptor self) {
		this.self = self;
	}

	/**
	 * Returns a client for a call to the same provider: what the application does after
	 * our interceptor is done with it as well.
	 */
	OkHttpClient inside(Interceptor.Chain chain) {
		OkHttpClient client = client(chain);
		return (client != null) ? limited(this.same.computeIfAbsent(client, this::inside), chain) : plain(chain);
	}

	/**
	 * Returns a client for a call to another provider, which gets nothing that the
	 * application adds.
	 */
	OkHttpClient crossing(Interceptor.Chain chain) {
		OkHttpClient client = client(chain);
		return (client != null) ? limited(this.crossing.computeIfAbsent(client, AttemptClients::bare), chain)
				: plain(chain);
	}

	/**
	 * Returns the client that makes a call, which OkHttp tells in no other way;
	 * {@code null} if it has changed.
	 */
	private static @Nullable OkHttpClient client(Interceptor.Chain chain) {
		MethodHandle getter = CLIENTS.get(chain.call().getClass());
		try {
			return (getter != null) ? (OkHttpClient) getter.invoke(chain.call()) : null;
		}
		catch (Throwable ex) {
			throw Unchecked.rethrow(ex);
		}
	}

	private static @Nullable MethodHandle getter(Class<?> type) {
		try {
			return MethodHandles.publicLookup()
				.findVirtual(type, "getClient", MethodType.methodType(OkHttpClient.class));
		}
		catch (ReflectiveOperationException ex) {
			logger.debug("The client of a {} is not known: its further attempts are made with one of our own",
					type.getName());
			return null;
		}
	}

	private OkHttpClient inside(OkHttpClient client) {
		OkHttpClient.Builder builder = client.newBuilder().callTimeout(0, TimeUnit.MILLISECONDS);
		List<Interceptor> interceptors = builder.interceptors();
		interceptors.subList(0, interceptors.indexOf(this.self) + 1).clear();
		return builder.build();
	}

	private static OkHttpClient bare(OkHttpClient client) {
		OkHttpClient.Builder builder = client.newBuilder()
			.callTimeout(0, TimeUnit.MILLISECONDS)
			.cookieJar(CookieJar.NO_COOKIES)
			.authenticator(Authenticator.NONE)
			.cache(null)
			.followRedirects(false)
			.followSslRedirects(false);
		builder.interceptors().clear();
		builder.networkInterceptors().clear();
		return builder.build();
	}

	/** Interceptors may have changed the limits of the call. */
	private static OkHttpClient limited(OkHttpClient client, Interceptor.Chain chain) {
		if (client.connectTimeoutMillis() == chain.connectTimeoutMillis()
				&& client.readTimeoutMillis() == chain.readTimeoutMillis()
				&& client.writeTimeoutMillis() == chain.writeTimeoutMillis()) {
			return client;
		}
		return withTimeouts(client.newBuilder(), chain);
	}

	private static OkHttpClient plain(Interceptor.Chain chain) {
		return withTimeouts(new OkHttpClient.Builder().followRedirects(false).followSslRedirects(false), chain);
	}

	private static OkHttpClient withTimeouts(OkHttpClient.Builder builder, Interceptor.Chain chain) {
		return builder.connectTimeout(chain.connectTimeoutMillis(), TimeUnit.MILLISECONDS)
			.readTimeout(chain.readTimeoutMillis(), TimeUnit.MILLISECONDS)
			.writeTimeout(chain.writeTimeoutMillis(), TimeUnit.MILLISECONDS)
			.build();
	}

}
