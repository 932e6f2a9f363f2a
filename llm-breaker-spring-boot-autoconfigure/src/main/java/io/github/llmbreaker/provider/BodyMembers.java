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
