// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.request;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.github.llmbreaker.provider.AuthHeader;
import io.github.llmbreaker.provider.BaseUrls;
import io.github.llmbreaker.provider.CrossingRules;
import io.github.llmbreaker.provider.IdentifiedCall;
import io.github.llmbreaker.provider.LlmProvider;
import io.github.llmbreaker.provider.json.JsonEscape;
import org.jspecify.annotations.Nullable;

/**
 * Turns the request of one call into the same request to another model, maybe of another
 * provider with the same dialect. Nothing else changes.
 *
 * @since 0.1.0
 */
public final class RequestRewrite {

	private final IdentifiedCall call;

	private final URI url;

	private final LlmProvider provider;

	private final String model;

	/**
	 * Creates a rewrite.
	 * @param call what the request was for
	 * @param url where it went
	 * @param provider the other model's provider; it speaks the same dialect
	 * @param model the other model
	 */
	public RequestRewrite(IdentifiedCall call, URI url, LlmProvider provider, String model) {
		this.call = call;
		this.url = url;
		this.provider = provider;
		this.model = model;
	}

	/**
	 * Whether the request goes to another provider, so that its own credentials must not
	 * go there.
	 */
	public boolean isOtherProvider() {
		return !this.provider.id().equals(this.call.provider().id());
	}

	/**
	 * Whether a header of the request goes along. To another provider only those go that
	 * can't be a credential.
	 */
	public boolean keeps(String header) {
		return !isOtherProvider() || CrossingRules.passes(header);
	}

	/** Whether a header is set by the HTTP client alone, such as {@code Host}. */
	public static boolean isFraming(String header) {
		return CrossingRules.isFraming(header);
	}

	/**
	 * Whether a header may be a credential: one that is neither known to be harmless nor
	 * set by the HTTP client alone.
	 */
	public static boolean mayBeCredential(String header) {
		return !CrossingRules.passes(header) && !CrossingRules.isFraming(header);
	}

	/**
	 * Returns what another provider gets that the first must not see: its key and what
	 * else is configured for it.
	 * @return the headers to set, each name once; empty if the request keeps its own
	 */
	public List<AuthHeader> ownHeaders() {
		if (!isOtherProvider()) {
			return List.of();
		}
		Map<String, AuthHeader> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		String key = this.provider.apiKey();
		if (key != null) {
			AuthHeader header = this.provider.dialect().authorize(key);
			headers.put(header.name(), header);
		}
		this.provider.headers().forEach((name, value) -> headers.put(name, new AuthHeader(name, value)));
		return List.copyOf(headers.values());
	}

	/**
	 * Makes the headers of a request to another provider what they may be, whoever added
	 * to them. To be called as late as possible before they are written.
	 * @param names the names of all headers
	 * @param remove removes a header
	 * @param set sets a header to one value
	 */
	public void clean(Collection<String> names, Consumer<String> remove, BiConsumer<String, String> set) {
		if (!isOtherProvider()) {
			return;
		}
		for (String name : List.copyOf(names)) {
			if (mayBeCredential(name)) {
				remove.accept(name);
			}
		}
		ownHeaders().forEach((header) -> set.accept(header.name(), header.value()));
	}

	public LlmProvider provider() {
		return this.provider;
	}

	public String model() {
		return this.model;
	}

	/**
	 * Returns where the request goes.
	 * @throws IllegalStateException if the other provider has no base URL
	 */
	public URI url() {
		String path = (this.url.getRawPath() != null) ? this.url.getRawPath() : "";
		path = this.call.provider().dialect().pathFor(path, this.model);
		URI moved = BaseUrls.withPath(this.url, path);
		return isOtherProvider() ? BaseUrls.move(moved, this.call.provider(), this.provider) : moved;
	}

	/**
	 * Returns a copy of the body that names the other model, or the same array. JSON is
	 * assumed unless the type says that it is a multipart form.
	 */
	public byte[] body(byte[] body, @Nullable String contentType) {
		if (body.length == 0) {
			return body;
		}
		return (contentType != null && RequestModels.isMultipart(contentType)) ? multipart(body, contentType)
				: json(body);
	}

	/**
	 * Returns a copy of a JSON object with another top-level {@code model}, the same
	 * bytes otherwise; the same array if it names no model and needs none.
	 */
	public byte[] json(byte[] json) {
		JsonModelValues values = new JsonModelValues(json);
		byte[] name = JsonEscape.quote(name(values)).getBytes(StandardCharsets.UTF_8);
		ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + name.length + 16);
		int from = 0;
		for (JsonModelValues.Span span : values.spans()) {
			out.write(json, from, span.start() - from);
			out.writeBytes(name);
			from = span.end();
		}
		int insertion = insertion(values);
		if (insertion >= 0) {
			out.write(json, 0, insertion);
			out.writeBytes(member(values).getBytes(StandardCharsets.UTF_8));
			from = insertion;
		}
		out.write(json, from, json.length - from);
		return (from > 0) ? out.toByteArray() : json;
	}

	private int insertion(JsonModelValues values) {
		return this.call.operation().modelInBody() ? values.insertion() : -1;
	}

	private String member(JsonModelValues values) {
		return "\"model\":" + JsonEscape.quote(this.model) + (values.isEmpty() ? "" : ",");
	}

	/** The model as the body spells it: with the prefix that the other one has. */
	private String name(JsonModelValues values) {
		String current = values.current();
		if (current != null) {
			String plain = this.call.provider().dialect().modelName(current);
			if (current.endsWith(plain)) {
				return current.substring(0, current.length() - plain.length()) + this.model;
			}
		}
		return this.model;
	}

	/**
	 * Returns a copy of an encoded multipart form with another {@code model} part, the
	 * same bytes otherwise; the same array if there is no such part.
	 */
	public byte[] multipart(byte[] form, String contentType) {
		MultipartScan scan = MultipartScan.of(contentType);
		if (scan == null) {
			return form;
		}
		scan.onBytes(form, 0, form.length);
		if (scan.model() == null) {
			return form;
		}
		ByteArrayOutputStream out = new ByteArrayOutputStream(form.length + this.model.length());
		out.write(form, 0, scan.valueStart());
		out.writeBytes(this.model.getBytes(StandardCharsets.UTF_8));
		out.write(form, scan.valueEnd(), form.length - scan.valueEnd());
		return out.toByteArray();
	}

}
