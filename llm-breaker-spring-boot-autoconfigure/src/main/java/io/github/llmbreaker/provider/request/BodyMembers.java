// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.request;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Gets members of a request body by the names that they have in JSON.
 */
@FunctionalInterface
interface BodyMembers {

	/**
	 * Returns a member's value.
	 * @param body the body
	 * @param name the member's name in JSON
	 * @return the value, {@code null} if it is absent or can't be had
	 */
	@Nullable Object get(Object body, String name);

	static BodyMembers of(Object body) {
		return (body instanceof Map) ? BodyMembers::ofMap : BeanMembers.of(body.getClass());
	}

	private static @Nullable Object ofMap(Object body, String name) {
		Map<?, ?> map = (Map<?, ?>) body;
		Object value = ofKey(map, name);
		if (value != null || map.size() > 64) {
			return value;
		}
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			Object key = entry.getKey();
			if (key != null && !(key instanceof String) && name.equals(key.toString())) {
				return entry.getValue();
			}
		}
		return null;
	}

	private static @Nullable Object ofKey(Map<?, ?> map, String name) {
		try {
			return map.get(name);
		}
		catch (ClassCastException | NullPointerException ex) {
			// a sorted map with keys of another type
			return null;
		}
	}

}
