// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.llmbreaker.provider.error.AnswerFields;
import io.github.llmbreaker.provider.error.Verdict;
import io.github.llmbreaker.provider.json.JsonKind;
import io.github.llmbreaker.provider.json.JsonSkimmer;
import org.jspecify.annotations.Nullable;

/**
 * What the events of one API mean, row by row; a document is read as one event. Of the
 * rows that name a type of event the first that fits is followed, of those that look at
 * its data all.
 *
 * @since 0.1.0
 */
public final class EventTable {

	/** Stands for the name beside the data among the places where a type is written. */
	static final String NAME = "";

	private static final int TEXT = 48;

	private final AnswerFields fields = new AnswerFields();

	private Row[] rows = {};

	/** Where the rows for types go. */
	private TypeRows types = new TypeRows(new int[0], new ArrayList<>());

	private int[] results = {};

	private boolean array;

	private boolean needsResult;

	EventTable() {
	}

	/** Where the type of an event is written; the first place that has one wins. */
	EventTable types(String... places) {
		int[] numbers = Arrays.stream(places)
			.mapToInt((place) -> place.equals(NAME) ? -1 : this.fields.capture(place, TEXT))
			.toArray();
		this.types = new TypeRows(numbers, new ArrayList<>());
		return row(this.types);
	}

	/** What was said so far holds for events without a name beside the data only. */
	EventTable unlessNamed() {
		Row[] unnamed = this.rows;
		this.rows = new Row[0];
		return row((name, json, progress) -> {
			if (name == null) {
				read(unnamed, null, json, progress);
			}
		});
	}

	/** A stream can also be a JSON array. */
	EventTable orArray() {
		this.array = true;
		return this;
	}

	/**
	 * Events of these types hold generated output; {@code *} stands for any beginning.
	 */
	EventTable contentTypes(String... types) {
		return on((name, json, progress) -> progress.content(), types);
	}

	/** Events of these types end the answer. */
	EventTable endTypes(String... types) {
		return on((name, json, progress) -> progress.end(), types);
	}

	/** An event of this type says why the model stopped. */
	EventTable finishType(String type, String reason) {
		int field = this.fields.capture(reason, TEXT);
		return on((name, json, progress) -> progress.finish(json.text(field)), type);
	}

	/** An event of this type says why the model stopped, and ends the answer. */
	EventTable lastType(String type, String reason) {
		int field = this.fields.capture(reason, TEXT);
		return on((name, json, progress) -> progress.finishAndEnd(json.text(field)), type);
	}

	/** Events of these types say that the answer has failed. */
	EventTable failureTypes(Verdict failure, String... types) {
		return on((name, json, progress) -> progress.fail(failure), types);
	}

	/** Events of this type hold an event of a model's own API in Base64. */
	EventTable encodedType(String type, String path) {
		return on(new EncodedEvent(this, this.fields.capture(path, EncodedEvent.MAX_LENGTH)), type);
	}

	/**
	 * What has none of these is no answer: it is an error if it says so in the way of any
	 * vendor. To be said last, as it keeps no texts.
	 */
	EventTable results(String... paths) {
		this.results = Arrays.stream(paths).mapToInt(this.fields::watch).toArray();
		return this;
	}

	/** This is an answer, too. */
	EventTable orResult(String path) {
		this.results = Arrays.copyOf(this.results, this.results.length + 1);
		this.results[this.results.length - 1] = this.fields.watch(path);
		return this;
	}

	/** A document without a result is an error, whatever it says. */
	EventTable needingResult() {
		this.needsResult = true;
		return this;
	}

	/** Generated output, wherever one of these places holds any. */
	EventTable content(String... paths) {
		int[] watched = Arrays.stream(paths).mapToInt(this.fields::watch).toArray();
		return row((name, json, progress) -> {
			if (isAnyFilled(watched, json)) {
				progress.content();
			}
		});
	}

	/** Why the model stopped. */
	EventTable finish(String... paths) {
		return filled((field, json, progress) -> progress.finish(json.text(field)), paths);
	}

	/** Why the model stopped, which ends the answer. */
	EventTable last(String... paths) {
		return filled((field, json, progress) -> progress.finishAndEnd(json.text(field)), paths);
	}

	/** Why the model stopped, which ends the answer; this literal says it has not. */
	EventTable lastUnless(String literal, String... paths) {
		return filled((field, json, progress) -> {
			if (!json.is(field, literal)) {
				progress.finishAndEnd(json.text(field));
			}
		}, paths);
	}

	/** This literal ends the answer; another place says why the model stopped. */
	EventTable lastIf(String path, String literal, String reason) {
		int why = this.fields.capture(reason, TEXT);
		return filled((field, json, progress) -> {
			if (json.is(field, literal)) {
				progress.finishAndEnd(json.text(why));
			}
		}, path);
	}

	/** The answer ends with what has something here. */
	EventTable end(String... paths) {
		return filled((field, json, progress) -> progress.end(), paths);
	}

	/** The answer ends with what has a text here, be it empty. */
	EventTable endIfText(String path) {
		int field = this.fields.watch(path);
		return row((name, json, progress) -> {
			if (json.kind(field) == JsonKind.STRING) {
				progress.end();
			}
		});
	}

	/** The answer has failed when there is something here. */
	EventTable failure(Verdict failure, String path) {
		return filled((field, json, progress) -> progress.fail(failure), path);
	}

	/** A document without a type has failed when it has this literal here. */
	EventTable failureIf(Verdict failure, String path, String literal) {
		return filled((field, json, progress) -> {
			if (json.is(field, literal)) {
				progress.fail(failure);
			}
		}, path);
	}

	private EventTable row(Row row) {
		this.rows = Arrays.copyOf(this.rows, this.rows.length + 1);
		this.rows[this.rows.length - 1] = row;
		return this;
	}

	private EventTable on(Row row, String... types) {
		for (String type : types) {
			this.types.rows().add(new TypeRow(type, row));
		}
		return this;
	}

	/** Something is to be done for each of these places that has something. */
	private EventTable filled(FieldRow row, String... paths) {
		for (String path : paths) {
			int field = this.fields.capture(path, TEXT);
			row((name, json, progress) -> {
				if (json.isFilled(field)) {
					row.read(field, json, progress);
				}
			});
		}
		return this;
	}

	/** The places of an event to watch. */
	AnswerFields fields() {
		return this.fields;
	}

	/**
	 * Whether an event or document holds anything that answers of this API consist of, as
	 * far as that is known.
	 */
	boolean hasResult(JsonSkimmer json) {
		return this.results.length == 0 || isAnyFilled(this.results, json);
	}

	private static boolean isAnyFilled(int[] fields, JsonSkimmer json) {
		for (int field : fields) {
			if (json.isFilled(field)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether every document has to hold a result: answers are text, and nothing else.
	 */
	boolean needsResult() {
		return this.needsResult;
	}

	boolean isArrayStream() {
		return this.array;
	}

	/**
	 * Reads one event that reports no error.
	 * @param name the name beside the data; {@code null} if it has none
	 * @param json what the data says
	 * @param progress takes what the event means
	 */
	void read(@Nullable String name, JsonSkimmer json, AnswerProgress progress) {
		read(this.rows, name, json, progress);
	}

	private static void read(Row[] rows, @Nullable String name, JsonSkimmer json, AnswerProgress progress) {
		for (Row row : rows) {
			row.read(name, json, progress);
		}
	}

	/**
	 * Reads what it knows of an event.
	 */
	@FunctionalInterface
	interface Row {

		void read(@Nullable String name, JsonSkimmer json, AnswerProgress progress);

	}

	/**
	 * Reads what stands at one place.
	 */
	@FunctionalInterface
	private interface FieldRow {

		void read(int field, JsonSkimmer json, AnswerProgress progress);

	}

	/**
	 * What events of types mean.
	 *
	 * @param places the fields where a type is written, -1 for the name beside the data
	 * @param rows what each type means
	 */
	@SuppressWarnings("ArrayRecordComponent")
	private record TypeRows(int[] places, List<TypeRow> rows) implements Row {

		@Override
		public void read(@Nullable String name, JsonSkimmer json, AnswerProgress progress) {
			String type = null;
			for (int i = 0; i < this.places.length && type == null; i++) {
				type = (this.places[i] < 0) ? name : json.text(this.places[i]);
			}
			for (int i = 0; i < this.rows.size() && type != null; i++) {
				TypeRow row = this.rows.get(i);
				if (row.fits(type)) {
					row.meaning().read(name, json, progress);
					return;
				}
			}
		}

	}

	/**
	 * What events of one type mean.
	 *
	 * @param type the type; behind a {@code *}, how it ends
	 * @param meaning what they mean
	 */
	private record TypeRow(String type, Row meaning) {

		boolean fits(String given) {
			int length = this.type.length() - 1;
			return (this.type.charAt(0) == '*') ? given.regionMatches(given.length() - length, this.type, 1, length)
					: given.equals(this.type);
		}

	}

}
