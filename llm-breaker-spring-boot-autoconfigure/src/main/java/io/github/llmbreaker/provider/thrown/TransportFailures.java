// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.thrown;

import java.util.ArrayList;
import java.util.List;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.provider.error.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Judges exceptions of HTTP clients and of the network, without depending on any client.
 *
 * @since 0.1.0
 */
public final class TransportFailures {

	private static final int MAX_DEPTH = 16;

	private TransportFailures() {
	}

	/**
	 * Judges a failure that came instead of an answer, or in the middle of one. An
	 * exception that is not known and no {@link java.io.IOException} is neutral.
	 * @param failure the exception; its causes are looked at, too
	 * @param status the status of the answer it interrupted; {@code null} without one
	 */
	public static CallOutcome classify(Throwable failure, @Nullable Integer status) {
		return classify(chain(failure), status != null, status);
	}

	/** Judges an exception with its causes, which has interrupted an answer or not. */
	static CallOutcome classify(List<Throwable> chain, boolean answered, @Nullable Integer status) {
		return verdict(fault(chain), answered).toOutcome(null, status);
	}

	private static Verdict verdict(TransportFault fault, boolean answered) {
		return switch (fault) {
			case CANCELLED -> Verdict.CANCELLED;
			case LOCAL, DECODING -> Verdict.CLIENT_ERROR;
			case CONNECT -> answered ? Verdict.STREAM_ERROR : Verdict.CONNECT_ERROR;
			case TIMEOUT -> Verdict.TIMEOUT;
			// connected, asked, and then nothing: the provider failed, not the way to it
			case CUT, IO -> answered ? Verdict.STREAM_ERROR : Verdict.SERVER_ERROR;
		};
	}

	/** The outermost exception that is specific decides, then whether it is about I/O. */
	private static TransportFault fault(List<Throwable> chain) {
		TransportFault vague = null;
		for (Throwable link : chain) {
			TransportFault fault = fault(link);
			if (fault != null && !fault.isVague()) {
				return fault;
			}
			if (fault != null && (vague == null || vague == TransportFault.DECODING)) {
				vague = fault;
			}
		}
		return (vague != null) ? vague : TransportFault.LOCAL;
	}

	/** Judges one exception without its causes, {@code null} if it says nothing. */
	static @Nullable TransportFault fault(Throwable link) {
		TransportFault fault = KnownExceptions.of(link).faultOf(link);
		return (fault == null && isOfDecoder(link)) ? TransportFault.IO : fault;
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

	/** Returns an exception with its causes, outermost first. */
	static List<Throwable> chain(Throwable failure) {
		List<Throwable> chain = new ArrayList<>(4);
		Throwable link = failure;
		while (link != null && chain.size() < MAX_DEPTH && !chain.contains(link)) {
			chain.add(link);
			link = link.getCause();
		}
		return chain;
	}

}
