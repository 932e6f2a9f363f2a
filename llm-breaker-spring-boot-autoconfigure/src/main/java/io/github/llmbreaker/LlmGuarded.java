// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Puts a method, or every public method of a type, behind the circuit breakers of an LLM
 * provider and model.
 * <p>
 * What a method's annotation leaves out is taken from the annotation of its type.
 * {@link #provider()} and {@link #model()} are literals, <code>${placeholders}</code> or
 * parameters of the method: <code>#model</code> by name, <code>#p0</code> or
 * <code>#a0</code> by position, <code>#request.model</code> for a property of one.
 * <p>
 * Values, {@link java.util.concurrent.CompletionStage}, {@code Mono}, {@code Flux} and
 * every type that Spring's {@code ReactiveAdapterRegistry} knows can be returned. A
 * method that returns a reactive type is called when its result is subscribed to: each
 * subscription is a guarded call. A {@code Flux} that ends without any item counts as a
 * stream error, because a model that works says something; a {@code Mono} may be empty.
 * <p>
 * The guard is inside of {@code @Cacheable}, so that a cached answer needs no permit;
 * inside of {@code @Retryable} and {@code @ConcurrencyLimit}, so that it sees each
 * attempt; outside of everything else, so that a rejected call opens no transaction.
 * <p>
 * A call that was rejected, or has failed in a way that counts as a failure of the
 * provider or model, is answered by the first of {@link #fallbackModels()},
 * {@link #fallbackCache()} and {@link #fallbackMethod()} that can. Other exceptions reach
 * the caller.
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
public @interface LlmGuarded {

	/**
	 * Id of the provider that is called, such as {@code openai}. Can be left out where
	 * {@link #model()} is written as {@code provider:model}.
	 * @return the provider
	 */
	String provider() default "";

	/**
	 * Name of the model that is called. Calls that name none share one breaker.
	 * @return the model
	 */
	String model() default "";

	/**
	 * Models to call the method with when the call was rejected or failed: {@code model}
	 * of the same provider or {@code provider:model}. They replace the {@code fallbacks}
	 * of the model's policy. Needs a {@link #model()} that is a parameter; if
	 * {@link #provider()} is one, it is replaced, too.
	 * @return the models, in the order in which they are tried
	 */
	String[] fallbackModels() default {};

	/**
	 * Name of a method of the same type that answers instead. It has the same parameters,
	 * optionally followed by the exception, and a compatible return type. Of several the
	 * one with the most specific exception is called. It can be private, and it is not
	 * guarded itself.
	 * @return the method's name
	 */
	String fallbackMethod() default "";

	/**
	 * Name of a Spring cache. Successful results are kept there under the arguments, as
	 * {@code @Cacheable} would keep them, and answer instead.
	 * @return the cache's name
	 */
	String fallbackCache() default "";

}
