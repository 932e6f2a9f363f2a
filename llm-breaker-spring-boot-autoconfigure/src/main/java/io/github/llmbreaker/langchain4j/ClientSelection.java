// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.langchain4j;

import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpClientBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes LangChain4j choose our factory for models that bring no HTTP client of their own.
 * <p>
 * LangChain4j takes the only factory that {@link ServiceLoader} finds, and throws if
 * there are several and no system property names one. A file in {@code META-INF/services}
 * would be found wherever this library is on the class path, also by code that runs
 * without an application and so without that property, such as a plain test. Therefore
 * the factory is announced while applications run only, as the service of a module that
 * is made for it, along with the property.
 */
final class ClientSelection {

	private static final Logger logger = LoggerFactory.getLogger(ClientSelection.class);

	/** Where LangChain4j looks for the name of a factory. */
	private static final String PROPERTY = "langchain4j.http.clientBuilderFactory";

	/** The only class of its package; must not be loaded before there is the module. */
	private static final String PACKAGE = ClientSelection.class.getPackageName() + ".spi";

	private static final String FACTORY = PACKAGE + ".LlmBreakerHttpClientBuilderFactory";

	private static @Nullable Boolean announced;

	private static @Nullable String selectedBefore;

	private ClientSelection() {
	}

	/**
	 * Makes our factory the chosen one.
	 */
	static synchronized void take() {
		if (isAnnounced() && !FACTORY.equals(System.getProperty(PROPERTY))) {
			selectedBefore = System.setProperty(PROPERTY, FACTORY);
		}
	}

	/**
	 * Makes the choice what it was before. What has been announced stays so: where
	 * nothing was selected, the only factory besides ours is from now on.
	 */
	static synchronized void giveBack() {
		if (!FACTORY.equals(System.getProperty(PROPERTY))) {
			return;
		}
		List<HttpClientBuilderFactory> others = others();
		if (selectedBefore != null) {
			System.setProperty(PROPERTY, selectedBefore);
		}
		else if (others.size() == 1) {
			System.setProperty(PROPERTY, others.get(0).getClass().getName());
		}
	}

	/**
	 * Returns a builder of the client that LangChain4j would choose without us.
	 * @throws IllegalStateException if it could not
	 */
	static HttpClientBuilder chosenWithoutUs() {
		String selected = selected();
		List<HttpClientBuilderFactory> factories = others();
		for (HttpClientBuilderFactory factory : factories) {
			if (factories.size() == 1 && selected == null || factory.getClass().getName().equals(selected)) {
				return factory.create();
			}
		}
		Set<String> names = new TreeSet<>();
		factories.forEach((factory) -> names.add(factory.getClass().getName()));
		throw new IllegalStateException((selected == null && factories.isEmpty())
				? "LangChain4j has no HTTP client: add dev.langchain4j:langchain4j-http-client-jdk"
				: "LangChain4j needs to know which HTTP client to use: set the system property '%s' to one of %s"
					.formatted(PROPERTY, names) + ((selected != null) ? " (was %s)".formatted(selected) : ""));
	}

	private static synchronized @Nullable String selected() {
		String now = System.getProperty(PROPERTY);
		return FACTORY.equals(now) ? selectedBefore : now;
	}

	private static List<HttpClientBuilderFactory> others() {
		List<HttpClientBuilderFactory> found = find(Thread.currentThread().getContextClassLoader());
		return found.isEmpty() ? find(ClientSelection.class.getClassLoader()) : found;
	}

	private static List<HttpClientBuilderFactory> find(@Nullable ClassLoader loader) {
		List<HttpClientBuilderFactory> found = new ArrayList<>();
		ServiceLoader.load(HttpClientBuilderFactory.class, loader)
			.stream()
			.filter((provider) -> !provider.type().getName().equals(FACTORY))
			.forEach((provider) -> found.add(provider.get()));
		return found;
	}

	private static boolean isAnnounced() {
		Boolean known = announced;
		if (known == null) {
			known = announce(ClientSelection.class.getClassLoader());
			announced = known;
		}
		return known;
	}

	private static boolean announce(ClassLoader loader) {
		if (!ownsProperty(loader)) {
			logger.debug("LangChain4j is not told of our HTTP client, as other applications share its property");
			return false;
		}
		try {
			ModuleReference module = new AnnouncedModule(ModuleDescriptor.newAutomaticModule(PACKAGE)
				.packages(Set.of(PACKAGE))
				.provides(HttpClientBuilderFactory.class.getName(), List.of(FACTORY))
				.build());
			Configuration configuration = ModuleLayer.boot()
				.configuration()
				.resolve(new OneModuleFinder(module), ModuleFinder.of(), Set.of(PACKAGE));
			ModuleLayer.defineModules(configuration, List.of(ModuleLayer.boot()), (name) -> loader);
			// no class loader would look for it in a module that it does not know
			Class<?> factory = Class.forName(FACTORY, true, loader);
			return factory.getModule().isNamed();
		}
		catch (ReflectiveOperationException | RuntimeException | LinkageError ex) {
			logger.debug("LangChain4j can't be told of our HTTP client", ex);
			return false;
		}
	}

	/**
	 * Whether this application is the only one in the JVM, and not one of those in a
	 * server.
	 */
	private static boolean ownsProperty(ClassLoader loader) {
		ClassLoader system = ClassLoader.getSystemClassLoader();
		return loader == system || loader.getParent() == system;
	}

	/**
	 * A module of nothing but the factory's package.
	 */
	private static final class AnnouncedModule extends ModuleReference {

		AnnouncedModule(ModuleDescriptor descriptor) {
			super(descriptor, null);
		}

		@Override
		public ModuleReader open() {
			throw new UnsupportedOperationException("Its class is on the class path");
		}

	}

	/**
	 * Finds one module.
	 *
	 * @param module the module
	 */
	private record OneModuleFinder(ModuleReference module) implements ModuleFinder {

		@Override
		public Optional<ModuleReference> find(String name) {
			return name.equals(this.module.descriptor().name()) ? Optional.of(this.module) : Optional.empty();
		}

		@Override
		public Set<ModuleReference> findAll() {
			return Set.of(this.module);
		}

	}

}
