// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.netty;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;

/**
 * Keeps what Netty finds to have leaked instead of logging it, because tests that start
 * applications change the logging configuration.
 *
 * @param <T> the kind of resource
 */
final class CollectingLeakDetector<T> extends ResourceLeakDetector<T> {

	private static final int COLLECTIONS = 3;

	private static final long COLLECTION_MILLIS = 2000;

	private static final Queue<CollectingLeakDetector<?>> detectors = new ConcurrentLinkedQueue<>();

	private static final Queue<String> leaks = new ConcurrentLinkedQueue<>();

	private CollectingLeakDetector(Class<?> resourceType, int samplingInterval) {
		super(resourceType, samplingInterval);
		detectors.add(this);
	}

	/**
	 * Watches every buffer that is allocated from now on. Must come before Netty's buffer
	 * classes are loaded.
	 */
	static void install() {
		ResourceLeakDetector.setLevel(Level.PARANOID);
		ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ResourceLeakDetectorFactory() {

			@Override
			public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval) {
				return new CollectingLeakDetector<>(resource, samplingInterval);
			}

			@Override
			@Deprecated
			public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int samplingInterval,
					long maxActive) {
				return new CollectingLeakDetector<>(resource, samplingInterval);
			}

		});
	}

	/**
	 * Returns what was reported so far, after a garbage collection: a leak is seen when
	 * the leaked object is gone.
	 * @return one text per leak, with where the resource was used if known
	 */
	static List<String> leaks() {
		for (int i = 0; i < COLLECTIONS && !detectors.isEmpty(); i++) {
			collectGarbage();
			detectors.forEach(CollectingLeakDetector::report);
		}
		return new ArrayList<>(leaks);
	}

	private static void collectGarbage() {
		ReferenceQueue<Object> queue = new ReferenceQueue<>();
		Reference<Object> sentinel = new PhantomReference<>(new Object(), queue);
		System.gc();
		try {
			queue.remove(COLLECTION_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		Reference.reachabilityFence(sentinel);
	}

	/**
	 * A detector looks at what was collected whenever it is given something new.
	 */
	@SuppressWarnings("unchecked")
	private void report() {
		T resource = (T) new Object();
		ResourceLeakTracker<T> tracker = trackForcibly(resource);
		tracker.close(resource);
	}

	@Override
	protected boolean needReport() {
		return true;
	}

	@Override
	protected void reportTracedLeak(String resourceType, String records) {
		leaks.add(resourceType + records);
	}

	@Override
	protected void reportUntracedLeak(String resourceType) {
		leaks.add(resourceType);
	}

}
