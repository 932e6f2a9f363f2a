/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.llmbreaker.provider;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.ObjectStreamException;
import java.net.MalformedURLException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * Tells exceptions of the network from those of files and documents, which often have the
 * same base class.
 */
final class NetworkExceptions {

	private static final List<Class<? extends IOException>> LOCAL = List.of(FileNotFoundException.class,
			FileSystemException.class, CharacterCodingException.class, MalformedURLException.class,
			ObjectStreamException.class);

	private static final Set<String> NETWORK_NAMES = Set.of("io.netty.channel.ChannelException",
			"org.springframework.web.reactive.function.client.WebClientRequestException");

	private static final Set<String> LOCAL_NAMES = Set.of("com.fasterxml.jackson.core.JacksonException",
			"com.fasterxml.jackson.core.JsonProcessingException");

	private static final ClassValue<Boolean> ANSWERS = new ClassValue<>() {

		@Override
		protected Boolean computeValue(Class<?> type) {
			if (LOCAL.stream().anyMatch((local) -> local.isAssignableFrom(type)) || isNamed(type, LOCAL_NAMES)) {
				return false;
			}
			return IOException.class.isAssignableFrom(type) || TimeoutException.class.isAssignableFrom(type)
					|| UnresolvedAddressException.class.isAssignableFrom(type) || isNamed(type, NETWORK_NAMES);
		}

	};

	private NetworkExceptions() {
	}

	static boolean contain(Throwable failure) {
		return ANSWERS.get(failure.getClass());
	}

	private static boolean isNamed(Class<?> type, Set<String> names) {
		for (Class<?> candidate = type; candidate != null; candidate = candidate.getSuperclass()) {
			if (names.contains(candidate.getName())) {
				return true;
			}
		}
		return false;
	}

}
