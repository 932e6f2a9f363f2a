// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.request;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Iterator;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.MergedAnnotations;

/**
 * Turns the value of a {@code model} member into the name that it has in JSON.
 */
final class ModelName {

	private static final String JSON_VALUE = "com.fasterxml.jackson.annotation.JsonValue";

	/** How deep a name may be wrapped. */
	private static final int MAX_DEPTH = 4;

	private static final MethodHandle NOTHING = MethodHandles.dropArguments(MethodHandles.constant(Object.class, null),
			0, Object.class);

	private static final ClassValue<MethodHandle> UNWRAP = new ClassValue<>() {

		@Override
		protected MethodHandle computeValue(Class<?> type) {
			try {
				return unwrapping(type).asType(MethodType.genericMethodType(1));
			}
			catch (ReflectiveOperationException | RuntimeException | LinkageError ex) {
				return NOTHING;
			}
		}

	};

	private ModelName() {
	}

	static @Nullable String of(@Nullable Object value) {
		Object current = value;
		for (int i = 0; i < MAX_DEPTH && current != null; i++) {
			if (current instanceof CharSequence text) {
				return text.isEmpty() ? null : text.toString();
			}
			current = unwrap(current);
		}
		return null;
	}

	private static @Nullable Object unwrap(Object value) {
		if (value instanceof Optional<?> optional) {
			return optional.orElse(null);
		}
		Object unwrapped = BodyMembers.invoke(UNWRAP.get(value.getClass()), value);
		if (unwrapped == null && value instanceof Iterable<?> values) {
			Iterator<?> iterator = values.iterator();
			return iterator.hasNext() ? iterator.next() : null;
		}
		return unwrapped;
	}

	private static MethodHandle unwrapping(Class<?> type) throws ReflectiveOperationException {
		Class<?> tree = JsonTrees.treeClass(type);
		if (tree != null) {
			MethodHandle text = JsonTrees.text(tree);
			return (text != null) ? text : NOTHING;
		}
		if (Iterable.class.isAssignableFrom(type) || type.isArray()) {
			return NOTHING;
		}
		MethodHandle jsonValue = jsonValue(type);
		if (jsonValue != null) {
			return jsonValue;
		}
		if (Enum.class.isAssignableFrom(type)) {
			return MethodHandles.lookup()
				.findStatic(ModelName.class, "constantName", MethodType.methodType(String.class, Enum.class));
		}
		// the part of a multipart form
		MethodHandle body = PropertyAccess.find(type, "body");
		return (body != null) ? body : text(type);
	}

	private static @Nullable MethodHandle jsonValue(Class<?> type) throws ReflectiveOperationException {
		for (Class<?> current = type; current != null; current = current.getSuperclass()) {
			for (Method method : current.getDeclaredMethods()) {
				if (method.getParameterCount() == 0 && !Modifier.isStatic(method.getModifiers())
						&& MergedAnnotations.from(method).isPresent(JSON_VALUE)) {
					return PropertyAccess.open(method);
				}
			}
		}
		return null;
	}

	private static String constantName(Enum<?> constant) {
		try {
			String name = PropertyAccess.jsonName(constant.getDeclaringClass().getField(constant.name()));
			return (name != null && !name.isEmpty()) ? name : constant.name();
		}
		catch (NoSuchFieldException ex) {
			return constant.name();
		}
	}

	/** Its own text, unless that is the one that every object has, or a record's. */
	private static MethodHandle text(Class<?> type) throws ReflectiveOperationException {
		Method method = type.getMethod("toString");
		boolean telling = method.getDeclaringClass() != Object.class && !type.isRecord();
		return telling ? MethodHandles.publicLookup()
			.findVirtual(Object.class, "toString", MethodType.methodType(String.class)) : NOTHING;
	}

}
