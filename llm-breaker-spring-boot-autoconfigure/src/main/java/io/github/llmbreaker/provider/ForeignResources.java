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

import java.util.Set;

/**
 * Knows the exceptions of databases, files and other things that guarded code may use
 * besides an LLM. They often have a cause from the network, which is not the provider's.
 */
final class ForeignResources {

	private static final Set<String> NAMES = Set.of("java.sql.SQLException", "java.nio.file.FileSystemException",
			"java.io.ObjectStreamException", "org.springframework.dao.DataAccessException",
			"org.springframework.transaction.TransactionException", "jakarta.persistence.PersistenceException",
			"jakarta.jms.JMSException", "jakarta.mail.MessagingException", "com.mongodb.MongoException",
			"io.lettuce.core.RedisException", "redis.clients.jedis.exceptions.JedisException",
			"org.apache.kafka.common.KafkaException");

	private static final ClassValue<Boolean> ANSWERS = new ClassValue<>() {

		@Override
		protected Boolean computeValue(Class<?> type) {
			for (Class<?> candidate = type; candidate != null; candidate = candidate.getSuperclass()) {
				if (NAMES.contains(candidate.getName())) {
					return true;
				}
			}
			return false;
		}

	};

	private ForeignResources() {
	}

	/**
	 * Whether an exception is about one of them.
	 */
	static boolean raised(Throwable failure) {
		return ANSWERS.get(failure.getClass());
	}

}
