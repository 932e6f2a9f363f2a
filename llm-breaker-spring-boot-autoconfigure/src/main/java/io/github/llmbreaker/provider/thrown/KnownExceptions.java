// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.thrown;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.OutcomeScope;
import io.github.llmbreaker.provider.thrown.KnownException.Trait;

/**
 * The exceptions of clients, SDKs and other libraries that mean something to us, a row
 * each. They are known by name, as none of the libraries has to be there.
 * <p>
 * A row holds for the classes below, too, unless they have one of their own. Its name is
 * simple where libraries agree about it, otherwise qualified.
 */
final class KnownExceptions {

	private static final Map<String, KnownException> ROWS = new HashMap<>();

	/** Rows for classes whose own name begins like this. */
	private static final Map<String, KnownException> PREFIXES = new HashMap<>();

	private static final ClassValue<KnownException> FOUND = new ClassValue<>() {

		@Override
		protected KnownException computeValue(Class<?> type) {
			return find(type);
		}

	};

	static {
		network();
		vendors();
		spring();
		langChain4j();
		json();
		foreign();
	}

	private KnownExceptions() {
	}

	/** Returns what is known about an exception by its class, without its causes. */
	static KnownException of(Throwable failure) {
		return FOUND.get(failure.getClass());
	}

	/** Returns the names of the exceptions that hold an answer. */
	static List<String> answering() {
		return ROWS.entrySet().stream().filter((row) -> row.getValue().hasAnswer()).map(Map.Entry::getKey).toList();
	}

	private static KnownException find(Class<?> type) {
		KnownException known = new KnownException();
		PREFIXES.forEach((prefix, row) -> known.add(type.getName().startsWith(prefix) ? row : null, type));
		for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
			String name = declaring.getName();
			known.add(ROWS.get(name), declaring);
			known.add(ROWS.get(name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1)), declaring);
		}
		return known;
	}

	private static KnownException row(String name) {
		return ROWS.computeIfAbsent(name, (key) -> new KnownException());
	}

	private static void faults(TransportFault fault, String... names) {
		for (String name : names) {
			row(name).fault((failure) -> fault);
		}
	}

	/** HTTP clients, the network below and the JDK. */
	private static void network() {
		faults(TransportFault.CANCELLED, "CancellationException", "InterruptedException", "ClosedByInterruptException");
		faults(TransportFault.LOCAL, "PoolAcquireTimeoutException", "PoolAcquirePendingLimitException",
				"PoolShutdownException", "AcquireTimeoutException", "ConnectionRequestTimeoutException",
				"ConnectionPoolTimeoutException", "RejectedExecutionException", "BindException",
				"MalformedURLException", "FileNotFoundException", "NoSuchFileException", "AccessDeniedException",
				"UnsupportedEncodingException");
		faults(TransportFault.DECODING, "DecodingException", "CodecException", "DataBufferLimitException",
				"JacksonException", "JsonProcessingException", "HttpMessageConversionException",
				"UnsupportedMediaTypeException", "CharacterCodingException");
		faults(TransportFault.CONNECT, "ConnectException", "UnknownHostException", "NoRouteToHostException",
				"PortUnreachableException", "UnresolvedAddressException", "ConnectTimeoutException",
				"HttpConnectTimeoutException", "DnsNameResolverException", "DnsErrorCauseException",
				"ProxyConnectException", "CertificateException", "PrematureChannelClosureException");
		faults(TransportFault.TIMEOUT, "TimeoutException", "HttpTimeoutException", "ReadTimeoutException",
				"WriteTimeoutException");
		faults(TransportFault.CUT, "PrematureCloseException", "ClosedChannelException", "AbortedException",
				"EOFException", "EofException", "Http2Exception", "StreamResetException", "NoHttpResponseException",
				"ConnectionClosedException", "ConnectionShutdownException", "HttpStreamResetException");
		row("SocketTimeoutException")
			.fault((failure) -> says(failure, "connect") ? TransportFault.CONNECT : TransportFault.TIMEOUT);
		row("SocketException")
			.fault((failure) -> says(failure, "unreachable") ? TransportFault.CONNECT : TransportFault.CUT);
		row("SSLException").fault((failure) -> isHandshake(failure) ? TransportFault.CONNECT : TransportFault.CUT);
		row("InterruptedIOException").fault(KnownExceptions::interrupted);
		// what is no HTTP, for Apache's client, and an end inside of the head, too
		faults(TransportFault.IO, "org.apache.hc.core5.http.HttpException");
		row("org.eclipse.jetty.client.HttpResponseException").fault(KnownExceptions::headOfJetty);
		row("java.io.IOException").fault(KnownExceptions::inputOutput);
	}

	private static TransportFault interrupted(Throwable failure) {
		if (says(failure, "time")) {
			return TransportFault.TIMEOUT;
		}
		StackTraceElement[] trace = failure.getStackTrace();
		// Apache's asynchronous client cancels its own exchange when the connection
		// breaks
		boolean ownCancel = trace.length > 0
				&& trace[0].getClassName().startsWith("org.apache.hc.client5.http.impl.async.");
		return ownCancel ? TransportFault.CUT : TransportFault.CANCELLED;
	}

	/** Jetty says the same of all heads that are none; its cause says which ended. */
	private static TransportFault headOfJetty(Throwable failure) {
		Throwable cause = failure.getCause();
		return (cause != null && says(cause, "early eof")) ? TransportFault.CONNECT : TransportFault.IO;
	}

	private static TransportFault inputOutput(Throwable failure) {
		if (says(failure, "cancel")) {
			return TransportFault.CANCELLED;
		}
		// what the JDK's client says when the connection ends inside of a head
		boolean inHead = says(failure, "parsing http/1.1") || isHeadOfOkHttp(failure);
		return inHead ? TransportFault.CONNECT : TransportFault.IO;
	}

	/** OkHttp says the same of a head and of none; its cause says how much there was. */
	private static boolean isHeadOfOkHttp(Throwable failure) {
		Throwable cause = failure.getCause();
		return says(failure, "unexpected end of stream on ") && cause != null && says(cause, "not found: limit=")
				&& !says(cause, "limit=0 ");
	}

	/** TLS reports a broken connection as its own after the handshake, too. */
	private static boolean isHandshake(Throwable failure) {
		boolean plain = failure.getClass().getName().endsWith(".SSLException");
		return !plain || (!says(failure, "reset") && !says(failure, "broken pipe") && !says(failure, "closed"));
	}

	private static boolean says(Throwable failure, String text) {
		String message = failure.getMessage();
		return message != null && message.toLowerCase(Locale.ROOT).contains(text);
	}

	/** The vendors' own SDKs. */
	private static void vendors() {
		row("com.openai.errors.OpenAIServiceException")
			.answer((type) -> ThrownAnswers.vendor(type, "{\"error\":%s}", "chat.completions"));
		row("com.openai.errors.OpenAIIoException").counts(OutcomeKind.CONNECT_ERROR, OutcomeScope.PROVIDER)
			.is(Trait.READING, "Stream failed");
		row("com.openai.errors.OpenAIInvalidDataException").is(Trait.READING)
			.is(Trait.INVALID)
			.is(Trait.WRITTEN, "Error parsing JSON: ");
		row("com.anthropic.errors.AnthropicServiceException")
			.answer((type) -> ThrownAnswers.vendor(type, "%s", "messages"));
		row("com.anthropic.errors.AnthropicIoException").counts(OutcomeKind.CONNECT_ERROR, OutcomeScope.PROVIDER)
			.is(Trait.READING, "Stream failed");
		row("com.anthropic.errors.AnthropicInvalidDataException").is(Trait.READING)
			.is(Trait.INVALID)
			.is(Trait.WRITTEN, "Unable to parse tool parameter JSON");
		row("com.google.genai.errors.ApiException").answer(ThrownAnswers::google);
		row("com.google.genai.errors.GenAiIOException").counts(OutcomeKind.CONNECT_ERROR, OutcomeScope.PROVIDER)
			.is(Trait.READING, "Failed to read next JSON object from the stream", "Failed to read HTTP response.");
		prefix("com.google.genai.errors.").is(Trait.CLIENT);
		row("software.amazon.awssdk.awscore.exception.AwsServiceException").answer(ThrownAnswers::aws);
		faults(TransportFault.TIMEOUT, "ApiCallTimeoutException", "ApiCallAttemptTimeoutException");
	}

	private static void spring() {
		row("org.springframework.web.reactive.function.client.WebClientResponseException")
			.answer((type) -> ThrownAnswers.spring(type, "getHeaders"));
		row("org.springframework.web.client.RestClientResponseException")
			.answer((type) -> ThrownAnswers.spring(type, "getResponseHeaders"));
		row("org.springframework.web.client.RestClientException").is(Trait.READING,
				"Error while extracting response for type [");
		row("org.springframework.core.codec.DecodingException").is(Trait.READING);
		row("org.springframework.http.converter.HttpMessageNotReadableException").is(Trait.READING);
		row("org.springframework.ai.retry.TransientAiException").answer((type) -> ThrownAnswers::fromMessage)
			.counts(OutcomeKind.SERVER_ERROR, OutcomeScope.MODEL);
		row("org.springframework.ai.retry.NonTransientAiException").answer((type) -> ThrownAnswers::fromMessage)
			.neutral(OutcomeKind.CLIENT_ERROR);
		for (String reading : new String[] { "org.springframework.core.codec.", "org.springframework.http.converter.",
				"org.springframework.web.client.", "org.springframework.web.reactive.",
				"org.springframework.ai.retry." }) {
			prefix(reading).is(Trait.CLIENT);
		}
	}

	private static void langChain4j() {
		prefix("dev.langchain4j.exception.LangChain4jException").is(Trait.CLIENT);
		prefix("dev.langchain4j.http.").is(Trait.CLIENT);
		prefix("dev.langchain4j.service.").is(Trait.WRITTEN);
		String langchain4j = "dev.langchain4j.exception.";
		row(langchain4j + "HttpException").answer(ThrownAnswers::langchain4j);
		row(langchain4j + "RateLimitException").counts(OutcomeKind.RATE_LIMITED, OutcomeScope.MODEL);
		row(langchain4j + "InternalServerException").counts(OutcomeKind.SERVER_ERROR, OutcomeScope.MODEL);
		row(langchain4j + "AuthenticationException").counts(OutcomeKind.AUTH, OutcomeScope.PROVIDER);
		row(langchain4j + "UnresolvedModelServerException").counts(OutcomeKind.CONNECT_ERROR, OutcomeScope.PROVIDER);
		row(langchain4j + "ModelNotFoundException").neutral(OutcomeKind.MODEL_NOT_FOUND);
		row(langchain4j + "ContentFilteredException").neutral(OutcomeKind.CONTENT_FILTERED);
		row(langchain4j + "InvalidRequestException").neutral(OutcomeKind.CLIENT_ERROR);
	}

	private static void json() {
		row("com.fasterxml.jackson.core.JsonParseException").is(Trait.SYNTAX);
		row("tools.jackson.core.exc.StreamReadException").is(Trait.SYNTAX);
		row("com.google.gson.stream.MalformedJsonException").is(Trait.SYNTAX);
	}

	/** What guarded code may use besides an LLM. */
	private static void foreign() {
		for (String name : new String[] { "java.sql.SQLException", "java.nio.file.FileSystemException",
				"java.io.ObjectStreamException", "org.springframework.dao.DataAccessException",
				"org.springframework.transaction.TransactionException", "jakarta.persistence.PersistenceException",
				"jakarta.jms.JMSException", "jakarta.mail.MessagingException", "com.mongodb.MongoException",
				"io.lettuce.core.RedisException", "redis.clients.jedis.exceptions.JedisException",
				"org.apache.kafka.common.KafkaException" }) {
			row(name).is(Trait.FOREIGN);
		}
	}

	private static KnownException prefix(String prefix) {
		return PREFIXES.computeIfAbsent(prefix, (key) -> new KnownException());
	}

}
