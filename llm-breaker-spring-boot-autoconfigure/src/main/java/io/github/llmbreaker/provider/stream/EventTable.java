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
 * What the events of one API mean, row by row: of the rows that name a type of event the
 * first that fits is followed, of those that look at its data all.
 */
final class EventTable implements AnswerEvents {

	/** Stands for the name beside the data among the places where a type is written. */
	static final String NAME = "";

	private static final int TEXT = 48;

	private final AnswerFields fields;

	private final List<AnswerEvents> included = new ArrayList<>();

	private final List<Integer> types = new ArrayList<>();

	private final List<TypeRow> typeRows = new ArrayList<>();

	private final List<DataRow> dataRows = new ArrayList<>();

	private int[] results = {};

	private boolean array;

	private boolean needsResult;

	EventTable(AnswerFields fields) {
		this.fields = fields;
	}

	/** Everything that another table says holds, too; both share their fields. */
	EventTable include(AnswerEvents other) {
		this.included.add(other);
		return this;
	}

	/** Where the type of an event is written; the first place that has one wins. */
	EventTable types(String... places) {
		for (String place : places) {
			this.types.add(place.equals(NAME) ? -1 : this.fields.capture(place, TEXT));
		}
		return this;
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
		return on(Action.CONTENT, null, null, types);
	}

	/** Events of these types end the answer. */
	EventTable endTypes(String... types) {
		return on(Action.END, null, null, types);
	}

	/** An event of this type says why the model stopped. */
	EventTable finishType(String type, String reason) {
		return on(Action.FINISH, reason, null, type);
	}

	/** An event of this type says why the model stopped, and ends the answer. */
	EventTable lastType(String type, String reason) {
		return on(Action.FINISH_AND_END, reason, null, type);
	}

	/** Events of these types say that the answer has failed. */
	EventTable failureTypes(Verdict failure, String... types) {
		return on(Action.FAIL, null, failure, types);
	}

	/**
	 * What has none of these is no answer: it is an error if it says so in the way of any
	 * vendor. To be said last, as it keeps no texts.
	 */
	EventTable results(String... paths) {
		this.results = Arrays.stream(paths).mapToInt(this.fields::watch).toArray();
		return this;
	}

	/** A document without a result is an error, whatever it says. */
	EventTable needingResult() {
		this.needsResult = true;
		return this;
	}

	private EventTable on(Action action, @Nullable String reason, @Nullable Verdict failure, String... types) {
		int field = (reason != null) ? this.fields.capture(reason, TEXT) : -1;
		for (String type : types) {
			boolean suffix = type.startsWith("*");
			this.typeRows.add(new TypeRow(suffix ? type.substring(1) : type, suffix, action, field, failure));
		}
		return this;
	}

	/** Generated output, wherever one of these places holds any. */
	EventTable content(String... paths) {
		int[] watched = new int[paths.length];
		for (int i = 0; i < paths.length; i++) {
			watched[i] = this.fields.watch(paths[i]);
		}
		this.dataRows.add((json, progress) -> {
			for (int field : watched) {
				if (json.isFilled(field)) {
					progress.content();
					return;
				}
			}
		});
		return this;
	}

	/** Why the model stopped. */
	EventTable finish(String... paths) {
		for (String path : paths) {
			int field = this.fields.capture(path, TEXT);
			this.dataRows.add((json, progress) -> {
				if (json.isFilled(field)) {
					progress.finish(json.text(field));
				}
			});
		}
		return this;
	}

	/** Why the model stopped, which ends the answer. */
	EventTable last(String... paths) {
		for (String path : paths) {
			int field = this.fields.capture(path, TEXT);
			this.dataRows.add((json, progress) -> {
				if (json.isFilled(field)) {
					progress.finishAndEnd(json.text(field));
				}
			});
		}
		return this;
	}

	/** Why the model stopped, which ends the answer; this literal says it has not. */
	EventTable lastUnless(String literal, String... paths) {
		for (String path : paths) {
			int field = this.fields.capture(path, TEXT);
			this.dataRows.add((json, progress) -> {
				if (json.isFilled(field) && !json.is(field, literal)) {
					progress.finishAndEnd(json.text(field));
				}
			});
		}
		return this;
	}

	/** This literal ends the answer; another place says why the model stopped. */
	EventTable lastIf(String path, String literal, String reason) {
		int field = this.fields.capture(path, TEXT);
		int why = this.fields.capture(reason, TEXT);
		this.dataRows.add((json, progress) -> {
			if (json.is(field, literal)) {
				progress.finishAndEnd(json.text(why));
			}
		});
		return this;
	}

	/** The answer ends with what has something here. */
	EventTable end(String... paths) {
		for (String path : paths) {
			int field = this.fields.watch(path);
			this.dataRows.add((json, progress) -> {
				if (json.isFilled(field)) {
					progress.end();
				}
			});
		}
		return this;
	}

	/** The answer ends with what has a text here, be it empty. */
	EventTable endIfText(String path) {
		int field = this.fields.watch(path);
		this.dataRows.add((json, progress) -> {
			if (json.kind(field) == JsonKind.STRING) {
				progress.end();
			}
		});
		return this;
	}

	/** The answer has failed when there is something here. */
	EventTable failure(Verdict failure, String path) {
		int field = this.fields.capture(path, TEXT);
		this.dataRows.add((json, progress) -> {
			if (json.isFilled(field)) {
				progress.fail(failure);
			}
		});
		return this;
	}

	/** A document without a type has failed when it has this literal here. */
	EventTable failureIf(Verdict failure, String path, String literal) {
		int field = this.fields.capture(path, TEXT);
		this.dataRows.add((json, progress) -> {
			if (json.is(field, literal)) {
				progress.fail(failure);
			}
		});
		return this;
	}

	@Override
	public AnswerFields fields() {
		return this.fields;
	}

	@Override
	public boolean hasResult(JsonSkimmer json) {
		for (int result : this.results) {
			if (json.isFilled(result)) {
				return true;
			}
		}
		return this.results.length == 0;
	}

	@Override
	public boolean needsResult() {
		return this.needsResult;
	}

	@Override
	public boolean isArrayStream() {
		return this.array;
	}

	@Override
	public void read(@Nullable String name, JsonSkimmer json, AnswerProgress progress) {
		for (AnswerEvents other : this.included) {
			other.read(name, json, progress);
		}
		if (!this.typeRows.isEmpty()) {
			readType(type(name, json), json, progress);
		}
		for (DataRow row : this.dataRows) {
			row.read(json, progress);
		}
	}

	private void readType(@Nullable String type, JsonSkimmer json, AnswerProgress progress) {
		if (type == null) {
			return;
		}
		for (TypeRow row : this.typeRows) {
			if (row.fits(type)) {
				row.read(json, progress);
				return;
			}
		}
	}

	private @Nullable String type(@Nullable String name, JsonSkimmer json) {
		for (int field : this.types) {
			String type = (field < 0) ? name : json.text(field);
			if (type != null) {
				return type;
			}
		}
		return null;
	}

	private enum Action {

		CONTENT, END, FINISH, FINISH_AND_END, FAIL

	}

	/**
	 * What events of a type mean.
	 *
	 * @param type the type, or how it ends
	 * @param suffix whether it is how it ends
	 * @param action what they mean
	 * @param reason the field that says why the model stopped, or -1
	 * @param failure how the answer has failed; {@code null} if it has not
	 */
	private record TypeRow(String type, boolean suffix, Action action, int reason, @Nullable Verdict failure) {

		boolean fits(String given) {
			return this.suffix ? given.endsWith(this.type) : given.equals(this.type);
		}

		void read(JsonSkimmer json, AnswerProgress progress) {
			switch (this.action) {
				case CONTENT -> progress.content();
				case END -> progress.end();
				case FINISH -> progress.finish(json.text(this.reason));
				case FINISH_AND_END -> progress.finishAndEnd(json.text(this.reason));
				case FAIL -> progress.fail((this.failure != null) ? this.failure : Verdict.SERVER_ERROR);
			}
		}

	}

	/**
	 * What data means.
	 */
	@FunctionalInterface
	private interface DataRow {

		void read(JsonSkimmer json, AnswerProgress progress);

	}

}
