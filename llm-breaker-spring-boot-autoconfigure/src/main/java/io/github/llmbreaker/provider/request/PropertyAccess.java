// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.request;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Finds the accessor or field behind a JSON member, as Jackson would: by annotation
 * first, then by name.
 */
final class PropertyAccess {

	private static final String JSON_PROPERTY = "com.fasterxml.jackson.annotation.JsonProperty";

	private PropertyAccess() {
	}

	/** Finds how to read the property of an object that has this name in JSON. */
	static @Nullable MethodHandle find(Class<?> type, String name) {
		if (type.isArray() || type.isPrimitive() || type.getName().startsWith("java.")) {
			return null;
		}
		try {
			MethodHandle handle = annotated(type, name);
			return (handle != null) ? handle : named(type, name);
		}
		catch (ReflectiveOperationException | RuntimeException | LinkageError ex) {
			// a class that can't be looked into names no model
			return null;
		}
	}

	private static @Nullable MethodHandle annotated(Class<?> type, String name) throws ReflectiveOperationException {
		for (Class<?> current = type; current != null && current != Object.class; current = current.getSuperclass()) {
			for (Method method : current.getDeclaredMethods()) {
				if (isAccessor(method) && name.equals(jsonName(method))) {
					return open(method);
				}
			}
			for (Field field : current.getDeclaredFields()) {
				if (!Modifier.isStatic(field.getModifiers()) && name.equals(jsonName(field))) {
					return open(field);
				}
			}
			for (Constructor<?> constructor : current.getDeclaredConstructors()) {
				for (Parameter parameter : constructor.getParameters()) {
					if (name.equals(jsonName(parameter)) && parameter.isNamePresent()) {
						return named(type, parameter.getName());
					}
				}
			}
		}
		return null;
	}

	private static @Nullable MethodHandle named(Class<?> type, String name) throws ReflectiveOperationException {
		for (String accessor : new String[] { name, "get" + StringUtils.capitalize(name) }) {
			Method method = ClassUtils.getMethodIfAvailable(type, accessor);
			if (method != null && isAccessor(method) && isNotRenamed(method, name)) {
				return open(method);
			}
		}
		for (Field field : type.getFields()) {
			if (field.getName().equals(name) && !Modifier.isStatic(field.getModifiers()) && isNotRenamed(field, name)) {
				return open(field);
			}
		}
		return null;
	}

	private static boolean isAccessor(Method method) {
		return method.getParameterCount() == 0 && method.getReturnType() != void.class
				&& !Modifier.isStatic(method.getModifiers()) && !method.isBridge();
	}

	private static boolean isNotRenamed(AnnotatedElement element, String name) {
		String jsonName = jsonName(element);
		return jsonName == null || jsonName.isEmpty() || jsonName.equals(name);
	}

	/** The name that an annotation gives, {@code null} without one. */
	static @Nullable String jsonName(AnnotatedElement element) {
		return MergedAnnotations.from(element).get(JSON_PROPERTY).getValue("value", String.class).orElse(null);
	}

	static MethodHandle open(Method method) throws IllegalAccessException {
		// public members of public classes in modules need no more than they have
		method.trySetAccessible();
		return MethodHandles.lookup().unreflect(method);
	}

	private static MethodHandle open(Field field) throws IllegalAccessException {
		field.trySetAccessible();
		return MethodHandles.lookup().unreflectGetter(field);
	}

}
