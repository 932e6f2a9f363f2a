// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.metrics;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import org.jspecify.annotations.Nullable;

/**
 * The meters, their names and tags.
 * <p>
 * Cardinality: {@code provider}, {@code partition}, {@code endpoint} and {@code model}
 * are those of the breakers and targets that the registry keeps, so their number is
 * bounded by {@code llm-breaker.max-breakers}; all other tags have the values of an enum,
 * except {@code to} of the fallbacks, which are configured models.
 */
enum BreakerMeters {

	STATE("llm.breaker.state", Meter.Type.GAUGE, "State: 0 closed or disabled, 1 open or forced open, 2 half-open"),

	TRIPS("llm.breaker.trips", Meter.Type.COUNTER, "Times the breaker opened by itself"),

	REJECTS("llm.breaker.rejects", Meter.Type.COUNTER, "Rejected calls; would-be rejections in observe mode", "reason"),

	CALLS("llm.breaker.calls", Meter.Type.TIMER, "Ended calls, to the end of the answer", "outcome"),

	TRANSITIONS("llm.breaker.transitions", Meter.Type.COUNTER, "Changes of state", "from", "to"),

	RECOVERY("llm.breaker.recovery", Meter.Type.TIMER, "Time from opening to closed"),

	RETRIES("llm.breaker.retries", Meter.Type.COUNTER, "Calls that were tried again on the same target"),

	RETRIES_DENIED("llm.breaker.retries.denied", Meter.Type.COUNTER,
			"Calls that were not tried again because the retry budget was used up"),

	LATE("llm.breaker.late", Meter.Type.COUNTER, "Calls that ended after the breaker had moved on, not counted"),

	FALLBACKS("llm.breaker.fallbacks", Meter.Type.COUNTER,
			"Calls that were taken to another target; the tags are the target left", "to");

	static final String PROVIDER = "provider";

	/** Is there only where credentials are told apart. */
	static final String PARTITION = "partition";

	static final String ENDPOINT = "endpoint";

	static final String MODEL = "model";

	/** Value of a tag that does not apply. */
	static final String NOT_APPLICABLE = "*";

	/** Value of the model's tag where there should be one; not the provider's series. */
	private static final String NOT_KNOWN = "unknown";

	private final String meterName;

	private final Meter.Type type;

	private final String description;

	private final List<String> tags;

	BreakerMeters(String meterName, Meter.Type type, String description, String... tags) {
		this.meterName = meterName;
		this.type = type;
		this.description = description;
		this.tags = Stream.concat(Stream.of(PROVIDER, ENDPOINT, MODEL), Stream.of(tags)).toList();
	}

	String meterName() {
		return this.meterName;
	}

	Meter.Type type() {
		return this.type;
	}

	String description() {
		return this.description;
	}

	/**
	 * Returns the keys of the tags; every meter of this name has them all, and that of
	 * the partition where credentials are told apart.
	 */
	List<String> tags() {
		return this.tags;
	}

	/**
	 * Returns the tags of a provider. Without a tag for it, the partition that an
	 * application has named stays in the name: no two series may have the same tags.
	 * @param provider the provider's id
	 * @param partition its partition; {@code null} if there is none
	 * @param partitioned whether meters have a tag for it
	 * @return the tags
	 */
	static Tags providerOf(String provider, @Nullable String partition, boolean partitioned) {
		if (partitioned) {
			return Tags.of(PROVIDER, provider, PARTITION, (partition != null) ? partition : NOT_APPLICABLE);
		}
		return Tags.of(PROVIDER, (partition != null) ? provider + "@" + partition : provider);
	}

	/**
	 * Returns the value of the model's tag.
	 * @param model the model, if it is known
	 * @param expected whether this is about a model at all
	 * @return the value
	 */
	static String modelOf(@Nullable String model, boolean expected) {
		if (model != null) {
			return model;
		}
		return expected ? NOT_KNOWN : NOT_APPLICABLE;
	}

	/**
	 * Returns an enum constant as the value of a tag.
	 * @param constant the constant
	 * @return its name in lower case
	 */
	static String tagValue(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

}
