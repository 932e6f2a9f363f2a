// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.request;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Gets members of a request body by the names that they have in JSON; how to get those of
 * records, beans and Jackson trees is found out once for each class.
 */
final class BodyMembers {

	private static final int MAX_SEARCHED = 64;

	private static final ClassValue<Map<String, MethodHandle>> HANDLES = new ClassValue<>() {

		@Override
		protected Map<String, MethodHandle> computeValue(Class<?> type) {
			return handles(type);
		}

	};

	private BodyMembers() {
	}

	/** Returns one of {@link RequestModels#MEMBERS}, {@code null} if it can't be had. */
	static @Nullable Object get(Object body, String name) {
		if (body instanceof Map<?, ?> map) {
			return ofMap(map, name);
		}
		MethodHandle handle = HANDLES.get(body.getClass()).get(name);
		return (handle != null) ? invoke(handle, body) : null;
	}

	private static Map<String, MethodHandle> handles(Class<?> type) {
		Map<String, MethodHandle> handles = new HashMap<>();
		Class<?> tree = JsonTrees.treeClass(type);
		for (String name : RequestModels.MEMBERS) {
			MethodHandle handle = (tree != null) ? JsonTrees.member(tree, name) : PropertyAccess.find(type, name);
			if (handle != null) {
				handles.put(name, handle.asType(MethodType.genericMethodType(1)));
			}
		}
		return handles;
	}

	static @Nullable Object invoke(MethodHandle handle, Object target) {
		try {
			return (Object) handle.invokeExact(target);
		}
		catch (Throwable ex) {
			// whatever it is, it will happen again when the body is written
			return null;
		}
	}

	private static @Nullable Object ofMap(Map<?, ?> map, String name) {
		Object value = ofKey(map, name);
		if (value != null || map.size() > MAX_SEARCHED) {
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
