// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.thrown;

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
