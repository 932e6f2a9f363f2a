// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.aop;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.SimpleEvaluationContext;

/**
 * A text that is written down, or that the arguments of a call say.
 */
interface ArgumentText {

	Pattern REFERENCE = Pattern.compile("#(\\w+)(?:\\??(\\..+|\\[.+))?");

	Pattern POSITION = Pattern.compile("[ap](\\d+)");

	/**
	 * Returns the text for a call.
	 * @return the text, or {@code null} if there is none
	 */
	@Nullable String of(@Nullable Object[] arguments);

	/**
	 * Returns which argument is this text, so that it can be replaced.
	 * @return the index, or -1 if no argument is
	 */
	default int index() {
		return -1;
	}

	/**
	 * Prepares a text.
	 * @param text a literal, or a reference to a parameter
	 * @param parameters the names of the parameters, of all declarations one after the
	 * other; empty if they are not known
	 * @param count the number of parameters
	 * @return the prepared text
	 * @throws IllegalArgumentException if it refers to no parameter
	 */
	static ArgumentText parse(String text, List<String> parameters, int count) {
		if (!text.startsWith("#")) {
			return new Literal(text.isBlank() ? null : text);
		}
		Matcher matcher = REFERENCE.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("'%s' is no reference to a parameter".formatted(text));
		}
		int index = indexOf(matcher.group(1), parameters, count);
		String path = matcher.group(2);
		return (path != null) ? new Property(index, expression(text, path)) : new Argument(index);
	}

	private static int indexOf(String name, List<String> parameters, int count) {
		int index = parameters.indexOf(name);
		Matcher position = POSITION.matcher(name);
		if (index < 0 && position.matches()) {
			index = Integer.parseInt(position.group(1));
		}
		else if (index >= 0) {
			return index % count;
		}
		if (index < 0 || index >= count) {
			throw new IllegalArgumentException("there is no parameter '%s'".formatted(name));
		}
		return index;
	}

	private static Expression expression(String text, String path) {
		try {
			return new SpelExpressionParser().parseExpression(path.startsWith(".") ? path.substring(1) : path);
		}
		catch (ParseException ex) {
			throw new IllegalArgumentException("'%s' is no property of a parameter".formatted(text), ex);
		}
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value != null) ? value.toString() : null;
	}

	/**
	 * The same for all calls.
	 *
	 * @param text the text
	 */
	record Literal(@Nullable String text) implements ArgumentText {

		@Override
		public @Nullable String of(@Nullable Object[] arguments) {
			return this.text;
		}

	}

	/**
	 * One of the arguments.
	 *
	 * @param index which one
	 */
	record Argument(int index) implements ArgumentText {

		@Override
		public @Nullable String of(@Nullable Object[] arguments) {
			return text(arguments[this.index]);
		}

	}

	/**
	 * A property of one of the arguments, read without access to types or beans.
	 *
	 * @param argument which one
	 * @param expression how to get there
	 */
	record Property(int argument, Expression expression) implements ArgumentText {

		private static final SimpleEvaluationContext CONTEXT = SimpleEvaluationContext.forReadOnlyDataBinding().build();

		@Override
		public @Nullable String of(@Nullable Object[] arguments) {
			Object root = arguments[this.argument];
			return (root != null) ? text(this.expression.getValue(CONTEXT, root)) : null;
		}

	}

}
