// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.restclient;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.springframework.beans.BeanUtils;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.util.ClassUtils;

/**
 * The HTTP clients that Spring can use: those on the class path. Apache's and Jetty's are
 * there only if somebody puts them there to try them, because Spring Boot would prefer
 * them.
 */
final class RequestFactories {

	private static final String PACKAGE = "org.springframework.http.client.";

	private static final Map<String, Supplier<ClientHttpRequestFactory>> ALL = new LinkedHashMap<>();

	static {
		ALL.put("simple", SimpleClientHttpRequestFactory::new);
		ALL.put("jdk", JdkClientHttpRequestFactory::new);
		ALL.put("reactor", ReactorClientHttpRequestFactory::new);
		putIfPresent("apache", "org.apache.hc.client5.http.classic.HttpClient",
				"HttpComponentsClientHttpRequestFactory");
		putIfPresent("jetty", "org.eclipse.jetty.client.HttpClient", "JettyClientHttpRequestFactory");
	}

	private RequestFactories() {
	}

	private static void putIfPresent(String name, String client, String factory) {
		ClassLoader classLoader = RequestFactories.class.getClassLoader();
		if (ClassUtils.isPresent(client, classLoader)) {
			ALL.put(name, () -> (ClientHttpRequestFactory) BeanUtils
				.instantiateClass(ClassUtils.resolveClassName(PACKAGE + factory, classLoader)));
		}
	}

	static Stream<String> names() {
		return ALL.keySet().stream();
	}

	static ClientHttpRequestFactory create(String name) {
		return ALL.get(name).get();
	}

}
