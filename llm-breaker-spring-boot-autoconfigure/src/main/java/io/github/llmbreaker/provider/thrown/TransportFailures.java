// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.provider.thrown;

import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.provider.error.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Judges exceptions of HTTP clients and of the network, without depending on any client.
 *
 * @since 0.1.0
 */
public final class TransportFailures {

	private static final int MAX_CAUSES = 16;

	private TransportFailures() {
	}

	/**
	 * Judges a failure that came instead of an answer, or in the middle of one. An
	 * exception that is not known and no {@link java.io.IOException} is neutral.
	 * @param failure the exception; its causes are looked at, too
	 * @param status the status of the answer it interrupted; {@code null} if there was
	 * none
	 * @return how the call ended
	 */
	public static CallOutcome classify(Throwable failure, @Nullable Integer status) {
		return classify(failure, status != null, status);
	}

	/**
	 * Judges a failure.
	 * @param answered whether it interrupted an answer, whatever its status was
	 */
	static CallOutcome classify(Throwable failure, boolean answered, @Nullable Integer status) {
		return verdict(fault(failure), answered).toOutcome(null, status);
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
	private static TransportFault fault(Throwable failure) {
		TransportFault vague = null;
		Throwable current = failure;
		for (int i = 0; current != null && i < MAX_CAUSES; i++) {
			TransportFault fault = TransportFault.of(current);
			if (fault != null && !fault.isVague()) {
				return fault;
			}
			if (fault != null && (vague == null || vague == TransportFault.DECODING)) {
				vague = fault;
			}
			current = current.getCause();
		}
		return (vague != null) ? vague : TransportFault.LOCAL;
	}

}
