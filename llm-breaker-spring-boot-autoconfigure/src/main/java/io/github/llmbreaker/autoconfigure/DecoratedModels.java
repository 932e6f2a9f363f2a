// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.llmbreaker.springai.ModelVendors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.ai.model.Model;
import org.springframework.ai.model.StreamingModel;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Looks into models of the application that are decorations of a vendor's.
 */
final class DecoratedModels {

	private static final Logger logger = LoggerFactory.getLogger(DecoratedModels.class);

	private static final int MAX_MODELS = 100;

	private DecoratedModels() {
	}

	static boolean isModel(@Nullable Object bean) {
		return bean != null && isModelType(bean.getClass());
	}

	static boolean isModelType(Class<?> type) {
		return Model.class.isAssignableFrom(type) || StreamingModel.class.isAssignableFrom(type);
	}

	/**
	 * Whether a field of an object may hold another object.
	 */
	static boolean isReference(Field field) {
		return !Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive();
	}

	/**
	 * Returns the model that tells whose a model is: the only vendor's that is behind it,
	 * or itself.
	 */
	static Object origin(Object model) {
		Collection<Object> vendors = vendors(model);
		long providers = vendors.stream().map((vendor) -> ModelVendors.of(vendor.getClass())).distinct().count();
		return (providers == 1) ? vendors.iterator().next() : model;
	}

	/**
	 * Returns the models of vendors that a model is or has inside. Those that are beans
	 * with something of ours around them are not looked into: that is done for them.
	 */
	static Collection<Object> vendors(Object model) {
		Set<Object> vendors = Collections.newSetFromMap(new IdentityHashMap<>());
		Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
		Deque<Object> open = new ArrayDeque<>(List.of(target(model)));
		while (!open.isEmpty() && seen.size() < MAX_MODELS) {
			Object next = open.poll();
			if (ModelVendors.of(next.getClass()) != null) {
				vendors.add(next);
			}
			else if (seen.add(next)) {
				open.addAll(models(next));
			}
		}
		return vendors;
	}

	private static Object target(Object model) {
		Object inner = AopProxyUtils.getSingletonTarget(model);
		return (inner != null) ? target(inner) : model;
	}

	private static Collection<Object> models(Object holder) {
		Set<Object> models = new LinkedHashSet<>();
		ReflectionUtils.doWithFields(holder.getClass(), (field) -> collect(read(holder, field), models),
				DecoratedModels::isReference);
		return models;
	}

	private static void collect(@Nullable Object value, Set<Object> models) {
		if (value != null && isModel(value) && !AopUtils.isAopProxy(value)) {
			models.add(value);
		}
		else if (value instanceof Map<?, ?> map) {
			collect(map.values(), models);
		}
		else if (value instanceof Collection<?> many) {
			many.stream().filter(DecoratedModels::isModel).forEach((model) -> collect(model, models));
		}
	}

	private static @Nullable Object read(Object holder, Field field) {
		try {
			field.setAccessible(true);
			return field.get(holder);
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			logger.debug("{} is closed to us", field, ex);
			return null;
		}
	}

}
