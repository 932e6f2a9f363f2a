// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.okhttp;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.ReflectionUtils;

/**
 * Finds the OkHttp clients inside of what vendors' SDKs and Spring AI build, which have
 * no other door: most builders take no client.
 */
final class SdkClients {

	private static final Logger logger = LoggerFactory.getLogger(SdkClients.class);

	private static final List<String> PACKAGES = List.of("com.openai.", "com.anthropic.", "com.google.genai.",
			"org.springframework.ai.openai.", "org.springframework.ai.anthropic.",
			"org.springframework.ai.google.genai.");

	/** The part of an SDK that repeats requests, and its limit. */
	private static final String RETRYING = "RetryingHttpClient";

	private static final String MAX_RETRIES = "maxRetries";

	/** The part of an SDK that knows where it sends requests. */
	private static final String OPTIONS = "ClientOptions";

	private static final String BASE_URL = "baseUrl";

	private static final int MAX_OBJECTS = 500;

	private final UnaryOperator<OkHttpClient> change;

	private final Predicate<Set<String>> withoutRetries;

	private final Set<String> urls = new HashSet<>();

	private final List<Object> retrying = new ArrayList<>(1);

	private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

	private final Deque<Object> open = new ArrayDeque<>();

	private boolean retriesRemoved;

	private SdkClients(UnaryOperator<OkHttpClient> change, Predicate<Set<String>> withoutRetries) {
		this.change = change;
		this.withoutRetries = withoutRetries;
	}

	/**
	 * Whether something is of an SDK, or of Spring AI for one.
	 */
	static boolean isOfSdk(Object bean) {
		String name = bean.getClass().getName();
		return PACKAGES.stream().anyMatch(name::startsWith);
	}

	/**
	 * Replaces the clients inside of something.
	 * @param bean an SDK's client, or a model of Spring AI
	 * @param change makes another client of one
	 * @param withoutRetries whether an SDK that sends to these base URLs is to send each
	 * request once; without any if they are not known
	 * @return whether it repeated requests, and does so no more
	 */
	static boolean replace(Object bean, UnaryOperator<OkHttpClient> change, Predicate<Set<String>> withoutRetries) {
		SdkClients clients = new SdkClients(change, withoutRetries);
		clients.open.add(bean);
		while (!clients.open.isEmpty() && clients.seen.size() < MAX_OBJECTS) {
			Object next = clients.open.poll();
			if (clients.seen.add(next)) {
				clients.visit(next);
			}
		}
		clients.removeRetries();
		return clients.retriesRemoved;
	}

	private void visit(Object holder) {
		ReflectionUtils.doWithFields(holder.getClass(), (field) -> visit(holder, field),
				(field) -> !Modifier.isStatic(field.getModifiers()));
	}

	private void visit(Object holder, Field field) {
		Class<?> type = field.getDeclaringClass();
		try {
			if (field.getName().equals(MAX_RETRIES) && type.getSimpleName().equals(RETRYING)) {
				this.retrying.add(holder);
				return;
			}
			if (field.getName().equals(BASE_URL) && type.getSimpleName().equals(OPTIONS)) {
				// the field is empty for the vendor's own
				this.urls.add(String.valueOf(type.getMethod(BASE_URL).invoke(holder)));
				return;
			}
			if (field.getType().isPrimitive() || !isInside(type)) {
				return;
			}
			field.setAccessible(true);
			Object value = field.get(holder);
			if (value instanceof OkHttpClient client) {
				field.set(holder, guard(client));
			}
			else if (value != null && isOfSdk(value)) {
				this.open.add(value);
				if (PlainRejections.isClient(field.getType()) && holdsClient(value)) {
					field.set(holder, PlainRejections.around(field.getType(), value));
				}
			}
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			logger.debug("{} is closed to us", field, ex);
		}
	}

	private void removeRetries() {
		for (Object holder : this.retrying) {
			try {
				Field field = holder.getClass().getDeclaredField(MAX_RETRIES);
				field.setAccessible(true);
				if (field.getInt(holder) > 0 && this.withoutRetries.test(this.urls)) {
					field.setInt(holder, 0);
					this.retriesRemoved = true;
				}
			}
			catch (ReflectiveOperationException | RuntimeException ex) {
				logger.debug("The retries of {} are closed to us", holder.getClass(), ex);
			}
		}
	}

	private static boolean holdsClient(Object value) {
		return Stream.of(value.getClass().getDeclaredFields())
			.anyMatch((field) -> field.getType().equals(OkHttpClient.class));
	}

	private static boolean isInside(Class<?> type) {
		return PACKAGES.stream().anyMatch(type.getName()::startsWith);
	}

	private OkHttpClient guard(OkHttpClient client) {
		OkHttpClient once = client;
		if (client.interceptors().stream().anyMatch(SdkClients::isRetrying) && this.withoutRetries.test(Set.of())) {
			OkHttpClient.Builder builder = client.newBuilder();
			builder.interceptors().removeIf(SdkClients::isRetrying);
			once = builder.build();
			this.retriesRemoved = true;
		}
		return this.change.apply(once);
	}

	/** The Google GenAI SDK repeats requests in an interceptor. */
	private static boolean isRetrying(Object interceptor) {
		return interceptor.getClass().getName().equals("com.google.genai.RetryInterceptor");
	}

}
