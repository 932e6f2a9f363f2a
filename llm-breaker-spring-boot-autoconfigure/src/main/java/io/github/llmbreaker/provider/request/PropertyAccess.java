// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.request;

import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Finds the accessor or field behind a JSON member, as Jackson would: by annotation
 * first, then by name.
 */
final class PropertyAccess {

	private static final String JSON_PROPERTY = "com.fasterxml.jackson.annotation.JsonProperty";

	private PropertyAccess() {
	}

	/**
	 * Finds how to read a property.
	 * @param type the class that has it
	 * @param name its name in JSON
	 * @return a handle that takes the object, {@code null} if there is no such property
	 */
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
		String getter = "get" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
		for (String accessor : new String[] { name, getter }) {
			Method method = accessor(type, accessor);
			if (method != null && isNotRenamed(method, name)) {
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

	private static @Nullable Method accessor(Class<?> type, String name) {
		try {
			Method method = type.getMethod(name);
			return isAccessor(method) ? method : null;
		}
		catch (NoSuchMethodException ex) {
			return null;
		}
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
		for (Annotation annotation : element.getAnnotations()) {
			if (annotation.annotationType().getName().equals(JSON_PROPERTY)) {
				try {
					return (String) annotation.annotationType().getMethod("value").invoke(annotation);
				}
				catch (ReflectiveOperationException ex) {
					return null;
				}
			}
		}
		return null;
	}

	static MethodHandle open(Method method) throws IllegalAccessException {
		makeAccessible(method);
		return MethodHandles.lookup().unreflect(method);
	}

	private static MethodHandle open(Field field) throws IllegalAccessException {
		makeAccessible(field);
		return MethodHandles.lookup().unreflectGetter(field);
	}

	private static void makeAccessible(AccessibleObject member) {
		// public members of public classes in modules need no more than they have
		member.trySetAccessible();
	}

}
