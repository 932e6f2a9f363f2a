// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.contract;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.micrometer.context.ContextSnapshotFactory;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;

/**
 * Those who make calls, and what they see of them. None of them waits for ever.
 */
final class Callers {

	/** Beyond that a call hangs, however slow the machine is. */
	private static final long PATIENCE_SECONDS = 5;

	private Callers() {
	}

	/**
	 * Somebody who waits for what a method returns.
	 * @param work makes the call and returns what arrived
	 */
	static ContractClient.Once blocking(Work work) {
		return (ask) -> {
			StringBuffer into = new StringBuffer();
			FutureTask<CharSequence> task = new FutureTask<>(
					ContextSnapshotFactory.builder().build().captureAll().wrap(() -> work.run(ask, into)));
			Thread thread = new Thread(task, "contract-caller");
			thread.start();
			if (ask.reading() == Reading.NOTHING) {
				await(ask.arrived());
				thread.interrupt();
			}
			try {
				CharSequence answer = task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
				return hasLeft(ask) ? Seen.left(answer.toString()) : Seen.answer(answer.toString());
			}
			catch (ExecutionException ex) {
				return (ask.reading() == Reading.NOTHING) ? Seen.left("") : Seen.failure(into.toString(), ex);
			}
			catch (TimeoutException ex) {
				thread.interrupt();
				throw new AssertionError("the call hangs", ex);
			}
		};
	}

	/**
	 * Somebody who subscribes.
	 */
	static ContractClient.Once reactive(Function<Ask, Flux<String>> call) {
		return (ask) -> {
			Collector collector = new Collector();
			read(ask, Flux.defer(() -> call.apply(ask))).subscribe(collector);
			if (ask.reading() == Reading.NOTHING || ask.reading() == Reading.AT_HEAD) {
				await(ask.arrived());
				collector.cancel();
				return Seen.left("");
			}
			await(collector.ended);
			String text = collector.text.toString();
			if (collector.failure != null) {
				return Seen.failure(text, collector.failure);
			}
			return hasLeft(ask) ? Seen.left(text) : Seen.answer(text);
		};
	}

	/**
	 * Somebody who holds a future.
	 */
	static ContractClient.Once future(Function<Ask, CompletableFuture<String>> call) {
		return (ask) -> {
			CompletableFuture<String> future = call.apply(ask);
			if (ask.reading() == Reading.NOTHING) {
				await(ask.arrived());
				future.cancel(true);
				return Seen.left("");
			}
			try {
				String answer = future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
				return Seen.answer((answer != null) ? answer : "");
			}
			catch (ExecutionException ex) {
				return Seen.failure("", ex);
			}
			catch (TimeoutException ex) {
				throw new AssertionError("the call hangs", ex);
			}
		};
	}

	static Flux<String> read(Ask ask, Flux<String> items) {
		int[] read = { 0 };
		Flux<String> paced = (ask.reading() == Reading.PIECES) ? items.limitRate(1) : items;
		return paced.takeUntil((piece) -> {
			read[0] += piece.length();
			ask.check(read[0]);
			return ask.isEnough(read[0]);
		});
	}

	private static boolean hasLeft(Ask ask) {
		return ask.reading() == Reading.UNTIL || ask.reading() == Reading.AT_HEAD;
	}

	private static void await(CompletableFuture<?> future) {
		try {
			future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (TimeoutException ex) {
			throw new AssertionError("the call hangs", ex);
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Makes a call.
	 */
	@FunctionalInterface
	interface Work {

		CharSequence run(Ask ask, StringBuffer into) throws Exception;

	}

	private static final class Collector extends BaseSubscriber<String> {

		private final StringBuffer text = new StringBuffer();

		private final CompletableFuture<Void> ended = new CompletableFuture<>();

		private volatile Throwable failure;

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			requestUnbounded();
		}

		@Override
		protected void hookOnNext(String value) {
			this.text.append(value);
		}

		@Override
		protected void hookOnError(Throwable throwable) {
			this.failure = throwable;
		}

		@Override
		protected void hookFinally(SignalType type) {
			this.ended.complete(null);
		}

	}

}
