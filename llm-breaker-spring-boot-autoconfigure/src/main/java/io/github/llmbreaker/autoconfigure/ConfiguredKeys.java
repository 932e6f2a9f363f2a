// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.llmbreaker.provider.Spelling;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.ReflectionUtils;

/**
 * Stops the application for keys under {@code llm-breaker} that don't exist, such as
 * misspelt ones, and for durations without a unit: they would be milliseconds, which
 * nobody means by {@code cooldown: 5}.
 */
final class ConfiguredKeys {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(LlmBreakerProperties.PREFIX);

	/** A zero is the same in every unit. */
	private static final Pattern NUMBER = Pattern.compile("[+-]?0*[1-9][0-9]*");

	private ConfiguredKeys() {
	}

	/**
	 * Checks all keys of an environment. Those of environment variables need not exist:
	 * Kubernetes sets some like {@code LLMBREAKER_SERVICE_HOST} for a service of that
	 * name.
	 */
	static void check(Environment environment) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource keys) {
				boolean variables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
				keys.stream().filter(PREFIX::isAncestorOf).forEach((name) -> {
					Class<?> type = variables ? typeOf(name) : check(name);
					if (type == Duration.class) {
						checkUnit(name, source.getConfigurationProperty(name), environment);
					}
				});
			}
		}
	}

	/**
	 * Checks one key, and returns what its value is.
	 */
	static @Nullable Class<?> check(ConfigurationPropertyName name) {
		ResolvableType type = ResolvableType.forClass(LlmBreakerProperties.class);
		for (int i = PREFIX.getNumberOfElements(); i < name.getNumberOfElements(); i++) {
			ResolvableType element = element(type, name, i);
			if (element == null) {
				throw unknown(name, i, type.resolve(Object.class));
			}
			type = element;
		}
		return type.resolve();
	}

	private static @Nullable Class<?> typeOf(ConfigurationPropertyName name) {
		ResolvableType type = ResolvableType.forClass(LlmBreakerProperties.class);
		for (int i = PREFIX.getNumberOfElements(); type != null && i < name.getNumberOfElements(); i++) {
			type = element(type, name, i);
		}
		return (type != null) ? type.resolve() : null;
	}

	private static void checkUnit(ConfigurationPropertyName name, @Nullable ConfigurationProperty property,
			Environment environment) {
		String written = (property != null) ? String.valueOf(property.getValue()) : "";
		String value = environment.resolvePlaceholders(written).trim();
		if (NUMBER.matcher(value).matches()) {
			throw new LlmBreakerConfigurationException(name.toString(), written, "has no unit",
					"Write '%ss' for seconds or '%sm' for minutes; '%sms' are the milliseconds that it would be."
						.formatted(value, value, value));
		}
	}

	private static @Nullable ResolvableType element(ResolvableType type, ConfigurationPropertyName name, int index) {
		Class<?> owner = type.resolve(Object.class);
		if (Map.class.isAssignableFrom(owner)) {
			return type.asMap().getGeneric(1);
		}
		if (Iterable.class.isAssignableFrom(owner)) {
			return name.isNumericIndex(index) ? type.as(Iterable.class).getGeneric(0) : null;
		}
		return owner.isRecord() ? component(owner, name.getElement(index, Form.UNIFORM)) : null;
	}

	private static @Nullable ResolvableType component(Class<?> owner, String uniform) {
		for (RecordComponent component : owner.getRecordComponents()) {
			if (component.getName().equalsIgnoreCase(uniform) || uniform.equals(givenName(owner, component))) {
				return ResolvableType.forType(component.getGenericType());
			}
		}
		return null;
	}

	private static @Nullable String givenName(Class<?> owner, RecordComponent component) {
		Field field = ReflectionUtils.findField(owner, component.getName());
		Name name = (field != null) ? field.getAnnotation(Name.class) : null;
		return (name != null) ? name.value() : null;
	}

	private static LlmBreakerConfigurationException unknown(ConfigurationPropertyName name, int index, Class<?> owner) {
		String parent = name.chop(index).toString();
		List<String> known = owner.isRecord() ? keys(owner) : List.of();
		String key = name.getElement(index, Form.DASHED);
		return new LlmBreakerConfigurationException(name.toString(), null, "does not exist", Spelling
			.correct(key, known)
			.map((candidate) -> "Did you mean '%s.%s'?".formatted(parent, candidate))
			.orElseGet(() -> known.isEmpty() ? "Remove it: '%s' has no keys below it.".formatted(parent)
					: "Remove it, or use one of the keys of '%s': %s.".formatted(parent, String.join(", ", known))));
	}

	private static List<String> keys(Class<?> owner) {
		return Arrays.stream(owner.getRecordComponents())
			.filter((component) -> givenName(owner, component) == null)
			.map((component) -> DataObjectPropertyName.toDashedForm(component.getName()))
			.toList();
	}

}
