// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.thrown;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Reads a property of a class that may not be there at all. What cannot be read is
 * {@code null}: a library that has changed must not break the call.
 */
final class Getter {

	private final Function<Object, @Nullable Object> read;

	private Getter(Function<Object, @Nullable Object> read) {
		this.read = read;
	}

	/** Finds a getter once, to be used often. */
	static Getter find(Class<?> type, String method) {
		MethodHandle handle = handle(type, method);
		return new Getter((object) -> (handle != null) ? invoke(handle, object) : null);
	}

	/** Reads a property of what this one reads. */
	Getter then(String method) {
		return new Getter((object) -> value(of(object), method));
	}

	@Nullable Object of(Object object) {
		return this.read.apply(object);
	}

	int number(Object object) {
		return (of(object) instanceof Number number) ? number.intValue() : 0;
	}

	/** Reads a property that is asked for too rarely to be prepared. */
	static @Nullable Object value(@Nullable Object object, String method, Object... arguments) {
		if (object == null) {
			return null;
		}
		Class<?>[] types = (arguments.length > 0) ? new Class<?>[] { arguments[0].getClass() } : new Class<?>[0];
		MethodHandle handle = handle(object.getClass(), method, types);
		if (handle == null) {
			return null;
		}
		return invoke((arguments.length > 0) ? MethodHandles.insertArguments(handle, 1, arguments) : handle, object);
	}

	private static @Nullable Object invoke(MethodHandle handle, Object object) {
		try {
			return handle.invoke(object);
		}
		catch (Throwable ex) {
			return null;
		}
	}

	private static @Nullable MethodHandle handle(Class<?> type, String name, Class<?>... parameterTypes) {
		try {
			Method method = type.getMethod(name, parameterTypes);
			// the class of a value is often hidden behind a public interface
			method.trySetAccessible();
			return MethodHandles.publicLookup().unreflect(method);
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			return null;
		}
	}

}
