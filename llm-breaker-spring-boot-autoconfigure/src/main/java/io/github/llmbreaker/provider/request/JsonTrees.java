// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.request;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Knows the tree types of Jackson 2 and 3 by name, as neither needs to be there.
 */
final class JsonTrees {

	private static final String JACKSON_2 = "com.fasterxml.jackson.databind.JsonNode";

	private static final String JACKSON_3 = "tools.jackson.databind.JsonNode";

	private static final Set<String> NAMES = Set.of(JACKSON_2, JACKSON_3);

	private JsonTrees() {
	}

	/** Returns the tree type that a class extends, {@code null} if it is no tree. */
	static @Nullable Class<?> treeClass(Class<?> type) {
		for (Class<?> current = type; current != null; current = current.getSuperclass()) {
			if (NAMES.contains(current.getName())) {
				return current;
			}
		}
		return null;
	}

	/** Returns a handle that takes a tree and gives its member. */
	static @Nullable MethodHandle member(Class<?> tree, String name) {
		try {
			MethodHandle get = MethodHandles.publicLookup()
				.findVirtual(tree, "get", MethodType.methodType(tree, String.class));
			return MethodHandles.insertArguments(get, 1, name);
		}
		catch (ReflectiveOperationException ex) {
			return null;
		}
	}

	/** Returns a handle that takes a tree and gives its string, null if it is none. */
	static @Nullable MethodHandle text(Class<?> tree) {
		try {
			if (tree.getName().equals(JACKSON_2)) {
				return MethodHandles.publicLookup().findVirtual(tree, "textValue", MethodType.methodType(String.class));
			}
			MethodHandle text = MethodHandles.publicLookup()
				.findVirtual(tree, "stringValue", MethodType.methodType(String.class, String.class));
			return MethodHandles.insertArguments(text, 1, (Object) null);
		}
		catch (ReflectiveOperationException ex) {
			return null;
		}
	}

}
