// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.thrown;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong between a client and the provider, told by the names of exceptions.
 */
enum TransportFault {

	/** The caller gave up. */
	CANCELLED("CancellationException", "InterruptedException", "ClosedByInterruptException"),

	/** Nothing was sent: pool, queue, address or request are the matter. */
	LOCAL("PoolAcquireTimeoutException", "PoolAcquirePendingLimitException", "PoolShutdownException",
			"AcquireTimeoutException", "ConnectionRequestTimeoutException", "ConnectionPoolTimeoutException",
			"RejectedExecutionException", "BindException", "MalformedURLException", "FileNotFoundException",
			"NoSuchFileException", "AccessDeniedException", "UnsupportedEncodingException"),

	/** The answer could not be turned into an object, which may have a cause below. */
	DECODING("DecodingException", "CodecException", "DataBufferLimitException", "JacksonException",
			"JsonProcessingException", "HttpMessageConversionException", "UnsupportedMediaTypeException",
			"CharacterCodingException"),

	/** No connection, or one that ended before there was a whole head. */
	CONNECT("ConnectException", "UnknownHostException", "NoRouteToHostException", "PortUnreachableException",
			"UnresolvedAddressException", "ConnectTimeoutException", "HttpConnectTimeoutException",
			"DnsNameResolverException", "DnsErrorCauseException", "ProxyConnectException", "SSLException",
			"CertificateException", "PrematureChannelClosureException"),

	/** No answer in time. */
	TIMEOUT("TimeoutException", "HttpTimeoutException", "SocketTimeoutException", "ReadTimeoutException",
			"WriteTimeoutException", "ApiCallTimeoutException", "ApiCallAttemptTimeoutException"),

	/** The connection broke. */
	CUT("PrematureCloseException", "ClosedChannelException", "AbortedException", "SocketException", "EOFException",
			"EofException", "Http2Exception", "StreamResetException", "NoHttpResponseException",
			"ConnectionClosedException", "ConnectionShutdownException", "HttpStreamResetException"),

	/** Anything else about I/O, which may have a cause that is more specific. */
	IO;

	private static final Map<String, TransportFault> BY_NAME = new HashMap<>();

	static {
		for (TransportFault fault : values()) {
			for (String name : fault.names) {
				BY_NAME.put(name, fault);
			}
		}
	}

	private final String[] names;

	TransportFault(String... names) {
		this.names = names;
	}

	/** Whether a cause may know better. */
	boolean isVague() {
		return this == DECODING || this == IO;
	}

	/**
	 * Judges one exception by its class and the classes above, without its causes.
	 * @param failure the exception
	 * @return the fault, {@code null} if it says nothing
	 */
	static @Nullable TransportFault of(Throwable failure) {
		for (Class<?> type = failure.getClass(); type != null; type = type.getSuperclass()) {
			String name = type.getName();
			String simple = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
			TransportFault fault = BY_NAME.get(simple);
			if (fault != null) {
				return refine(fault, simple, failure);
			}
			if (simple.equals("InterruptedIOException")) {
				return says(failure, "time") ? TIMEOUT : CANCELLED;
			}
		}
		if (failure instanceof IOException) {
			return ofInputOutput(failure);
		}
		return isOfDecoder(failure) ? IO : null;
	}

	private static TransportFault ofInputOutput(Throwable failure) {
		if (says(failure, "cancel")) {
			return CANCELLED;
		}
		// what the JDK's client says when the connection ends inside of a head
		return says(failure, "parsing http/1.1") ? CONNECT : IO;
	}

	/**
	 * An answer that is no HTTP: Netty's decoder says so with exceptions of Java's own.
	 */
	private static boolean isOfDecoder(Throwable failure) {
		for (StackTraceElement frame : failure.getStackTrace()) {
			if (frame.getClassName().endsWith(".HttpObjectDecoder")) {
				return true;
			}
		}
		return false;
	}

	private static TransportFault refine(TransportFault fault, String name, Throwable failure) {
		return switch (name) {
			case "SocketTimeoutException" -> says(failure, "connect") ? CONNECT : fault;
			case "SocketException" -> says(failure, "unreachable") ? CONNECT : fault;
			// TLS reports a broken connection as its own after the handshake, too
			case "SSLException" -> isHandshake(failure) ? fault : CUT;
			default -> fault;
		};
	}

	private static boolean isHandshake(Throwable failure) {
		boolean plain = failure.getClass().getName().endsWith(".SSLException");
		return !plain || (!says(failure, "reset") && !says(failure, "broken pipe") && !says(failure, "closed"));
	}

	private static boolean says(Throwable failure, String text) {
		String message = failure.getMessage();
		return message != null && message.toLowerCase(Locale.ROOT).contains(text);
	}

}
