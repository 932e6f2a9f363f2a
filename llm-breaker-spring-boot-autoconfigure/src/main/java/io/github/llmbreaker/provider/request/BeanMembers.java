// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.request;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Gets members of records, beans and Jackson trees of one class; how, is found out once.
 */
final class BeanMembers implements BodyMembers {

	private static final ClassValue<BeanMembers> BY_CLASS = new ClassValue<>() {

		@Override
		protected BeanMembers computeValue(Class<?> type) {
			return new BeanMembers(type);
		}

	};

	private final Map<String, MethodHandle> handles = new HashMap<>();

	private BeanMembers(Class<?> type) {
		Class<?> tree = JsonTrees.treeClass(type);
		for (String name : RequestModels.MEMBERS) {
			MethodHandle handle = (tree != null) ? JsonTrees.member(tree, name) : PropertyAccess.find(type, name);
			if (handle != null) {
				this.handles.put(name, handle.asType(MethodType.genericMethodType(1)));
			}
		}
	}

	static BeanMembers of(Class<?> type) {
		return BY_CLASS.get(type);
	}

	@Override
	public @Nullable Object get(Object body, String name) {
		MethodHandle handle = this.handles.get(name);
		return (handle != null) ? invoke(handle, body) : null;
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

}
