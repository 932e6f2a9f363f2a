// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.springai;

/**
 * A model of Spring AI that is a bean.
 *
 * @param name the bean's name
 * @param model the model, as it is without us
 * @param origin the model that tells whose it is: the only one of a vendor that this one
 * is a decoration of, or itself
 * @since 0.1.0
 */
public record ModelBean(String name, Object model, Object origin) {
}
