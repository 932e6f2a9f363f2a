// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.ArchTest;
import org.assertj.core.api.Assertions;

/**
 * How many classes may know each other in a circle. Nested classes count as part of the
 * class around them.
 */
class RulesOfCircles {

	private static final int MAX_SIZE = 4;

	@ArchTest
	static void circlesAreSmall(JavaClasses classes) {
		Assertions.assertThat(new Circles(graph(classes)).find())
			.as("Who knows each other in a circle can only be read and tested together")
			.filteredOn((circle) -> circle.size() > MAX_SIZE)
			.isEmpty();
	}

	private static Map<String, Set<String>> graph(JavaClasses classes) {
		Map<String, Set<String>> graph = new TreeMap<>();
		for (JavaClass type : classes) {
			Set<String> known = graph.computeIfAbsent(nameOf(type), (name) -> new TreeSet<>());
			for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
				JavaClass target = dependency.getTargetClass().getBaseComponentType();
				if (target.getPackageName().startsWith(RulesOfPackages.ROOT)) {
					known.add(nameOf(target));
				}
			}
		}
		return graph;
	}

	private static String nameOf(JavaClass type) {
		return type.getEnclosingClass().map(RulesOfCircles::nameOf).orElse(type.getName());
	}

	/**
	 * Finds the strongly connected parts of a graph.
	 */
	private static final class Circles {

		private final Map<String, Set<String>> graph;

		private final Map<String, Integer> index = new HashMap<>();

		private final Map<String, Integer> low = new HashMap<>();

		private final Deque<String> stack = new ArrayDeque<>();

		private final Set<String> stacked = new HashSet<>();

		private final List<Set<String>> circles = new ArrayList<>();

		Circles(Map<String, Set<String>> graph) {
			this.graph = graph;
		}

		List<Set<String>> find() {
			this.graph.keySet().forEach((name) -> {
				if (!this.index.containsKey(name)) {
					visit(name);
				}
			});
			return this.circles;
		}

		private void visit(String name) {
			this.index.put(name, this.index.size());
			this.low.put(name, this.index.get(name));
			this.stack.push(name);
			this.stacked.add(name);
			for (String known : this.graph.getOrDefault(name, Set.of())) {
				if (!this.index.containsKey(known)) {
					visit(known);
					this.low.merge(name, this.low.get(known), Math::min);
				}
				else if (this.stacked.contains(known)) {
					this.low.merge(name, this.index.get(known), Math::min);
				}
			}
			if (this.low.get(name).equals(this.index.get(name))) {
				close(name);
			}
		}

		private void close(String name) {
			Set<String> circle = new TreeSet<>();
			String member;
			do {
				member = this.stack.pop();
				this.stacked.remove(member);
				circle.add(member);
			}
			while (!member.equals(name));
			if (circle.size() > 1) {
				this.circles.add(circle);
			}
		}

	}

}
