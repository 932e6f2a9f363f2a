// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.doors;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;

import com.google.genai.Client;
import io.github.llmbreaker.CallOutcome;
import io.github.llmbreaker.LlmBreaker;
import io.github.llmbreaker.LlmBreakers;
import io.github.llmbreaker.LlmCallListener;
import io.github.llmbreaker.LlmCallRejectedException;
import io.github.llmbreaker.LlmTarget;
import io.github.llmbreaker.OutcomeKind;
import io.github.llmbreaker.breaker.BreakerRegistry;
import io.github.llmbreaker.testing.FakeAnswer;
import io.github.llmbreaker.testing.FakeLlmServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import org.springframework.ai.audio.transcription.AudioTranscriptionPrompt;
import org.springframework.ai.audio.transcription.StreamingTranscriptionModel;
import org.springframework.ai.audio.transcription.TranscriptionModel;
import org.springframework.ai.audio.tts.TextToSpeechModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.moderation.ModerationModel;
import org.springframework.ai.moderation.ModerationPrompt;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests that models which don't chat are guarded as well: embeddings, images, speech and
 * the like, in an application that has nothing but some lines of configuration.
 */
class ModelKindTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String CATEGORIES = Stream
		.of("harassment", "harassment/threatening", "hate", "hate/threatening", "illicit", "illicit/violent",
				"self-harm", "self-harm/instructions", "self-harm/intent", "sexual", "sexual/minors", "violence",
				"violence/graphic")
		.map((name) -> "\"" + name + "\":%1$s")
		.reduce((one, other) -> one + "," + other)
		.orElseThrow();

	private static final String MODERATION = """
			{"id":"m1","model":"omni-moderation-latest","results":[{"flagged":false,"categories":{%s},\
			"category_scores":{%s},"category_applied_input_types":{%s}}]}""".formatted(CATEGORIES.formatted("false"),
			CATEGORIES.formatted("0.0"), CATEGORIES.formatted("[]"));

	private static final Kind[] ALL = {
			new Kind("OpenAI embeddings", "openai", "embeddings", "text-embedding-3-small", FakeAnswer.json(200, """
					{"object":"list","model":"text-embedding-3-small","data":[{"object":"embedding","index":0,\
					"embedding":[0.5,0.25]}],"usage":{"prompt_tokens":1,"total_tokens":1}}"""),
					(context) -> context.getBean("openAiEmbeddingModel", EmbeddingModel.class).embed("Hello")[1]),
			new Kind("OpenAI image", "openai", "images.generations", "gpt-image-1",
					FakeAnswer.json(200, "{\"created\":1,\"data\":[{\"b64_json\":\"AAAA\"}]}"),
					(context) -> context.getBean(ImageModel.class)
						.call(new ImagePrompt("Hello"))
						.getResult()
						.getOutput()
						.getB64Json()),
			new Kind("OpenAI moderation", "openai", "moderations", "omni-moderation-latest",
					FakeAnswer.json(200, MODERATION),
					(context) -> context.getBean(ModerationModel.class)
						.call(new ModerationPrompt("Hello"))
						.getResult()
						.getOutput()
						.getId()),
			new Kind("OpenAI speech", "openai", "audio.speech", "tts-1",
					FakeAnswer.status(200).header("Content-Type", "audio/mpeg").body("audio"),
					(context) -> new String(context.getBean(TextToSpeechModel.class).call("Hello"))),
			new Kind("OpenAI speech, stream", "openai", "audio.speech", "tts-1",
					FakeAnswer.status(200).header("Content-Type", "audio/mpeg").body("audio"),
					(context) -> new String(
							context.getBean(TextToSpeechModel.class).stream("Hello").blockLast(PATIENCE))),
			new Kind("OpenAI transcription", "openai", "audio.transcriptions", "whisper-1",
					FakeAnswer.json(200, "{\"text\":\"hello\"}"),
					(context) -> context.getBean(TranscriptionModel.class).call(audio()).getResult().getOutput()),
			new Kind("OpenAI transcription, stream", "openai", "audio.transcriptions", "whisper-1",
					FakeAnswer.sse("data: {\"type\":\"transcript.text.delta\",\"delta\":\"hello\"}\n\n",
							"data: {\"type\":\"transcript.text.done\",\"text\":\"hello\"}\n\n", "data: [DONE]\n\n"),
					(context) -> context.getBean(StreamingTranscriptionModel.class)
						.stream(audio())
						.collectList()
						.block(PATIENCE)),
			new Kind("Ollama embeddings", "ollama", "embed", "bge-m3",
					FakeAnswer.json(200, "{\"model\":\"bge-m3\",\"embeddings\":[[0.5,0.25]]}"),
					(context) -> context.getBean("ollamaEmbeddingModel", EmbeddingModel.class).embed("Hello")[1]),
			new Kind("Google embeddings", "google-gemini", "embedContent", "gemini-embedding-001",
					FakeAnswer.json(200, "{\"embeddings\":[{\"values\":[0.5,0.25]}]}"),
					(context) -> context.getBean(Client.class).models
						.embedContent("gemini-embedding-001", "Hello", null)
						.embeddings()
						.orElseThrow()) };

	private static FakeLlmServer server;

	private static ConfigurableApplicationContext context;

	private static int sent;

	@BeforeAll
	static void start() {
		server = FakeLlmServer.start();
		List<String> arguments = new ArrayList<>(List.of("spring.config.name=doors", "server=" + server.url(),
				"logging.level.root=warn", "spring.ai.openai.api-key=key",
				"spring.ai.openai.base-url=" + server.url() + Vendor.OPENAI.path(),
				"spring.ai.openai.embedding.model=text-embedding-3-small", "spring.ai.openai.image.model=gpt-image-1",
				"spring.ai.openai.moderation.model=omni-moderation-latest", "spring.ai.openai.audio.speech.model=tts-1",
				"spring.ai.openai.audio.transcription.model=whisper-1", "spring.ai.anthropic.api-key=key",
				"spring.ai.ollama.base-url=" + server.url() + Vendor.OLLAMA.path(),
				"spring.ai.ollama.embedding.model=bge-m3", "llm-breaker.defaults.failure-threshold=1000",
				"llm-breaker.provider-defaults.failure-threshold=1000", "llm-breaker.defaults.retry.max-retries=2",
				"llm-breaker.defaults.retry.backoff=1ms", "llm-breaker.defaults.retry.budget=0"));
		context = DoorsApplication.run(arguments, server.url(), Listening.class);
	}

	@AfterAll
	static void stop() {
		context.close();
		server.close();
	}

	@TestFactory
	Stream<DynamicTest> goodAnswerIsASuccessOfItsModelAndEndpoint() {
		return tests((kind) -> {
			assertThat(kind.ask()).isNotNull();
			assertSeen(kind, OutcomeKind.SUCCESS);
		});
	}

	@TestFactory
	Stream<DynamicTest> overloadIsRetriedByThePolicyAlone() {
		return tests((kind) -> {
			server.enqueue(FakeAnswer.json(503, "{}"), FakeAnswer.json(503, "{}"));
			assertThat(kind.ask()).isNotNull();
			assertSeen(kind, OutcomeKind.OVERLOADED, OutcomeKind.OVERLOADED, OutcomeKind.SUCCESS);
		});
	}

	@TestFactory
	Stream<DynamicTest> waitOfTheProviderLengthensTheCooldownAndIsNotWaitedFor() {
		return tests((kind) -> {
			server.always(FakeAnswer.json(429, "{}").header("Retry-After", "3600"));
			assertThat(catchThrowable(kind::ask)).isNotNull().isNotInstanceOf(LlmCallRejectedException.class);
			assertSeen(kind, OutcomeKind.RATE_LIMITED);
			assertThat(listening().outcomes.get(0).retryAfter()).isEqualTo(Duration.ofHours(1));
		});
	}

	@TestFactory
	Stream<DynamicTest> rejectionIsThrownAsItIs() {
		return tests((kind) -> {
			LlmBreaker breaker = kind.breaker();
			breaker.forceOpen(null);
			Throwable failure = catchThrowable(kind::ask);
			breaker.close();
			assertThat(failure).as("%s", failure)
				.isInstanceOfSatisfying(LlmCallRejectedException.class,
						(ex) -> assertThat(ex.getTarget().endpoint()).isEqualTo(kind.endpoint()));
			assertThat(server.requestCount() - sent).isZero();
		});
	}

	private static Stream<DynamicTest> tests(Check check) {
		return Stream.of(ALL).map((kind) -> DynamicTest.dynamicTest(kind.name(), () -> {
			server.always(kind.good());
			sent = server.requestCount();
			listening().clear();
			check.run(kind);
		}));
	}

	private static void assertSeen(Kind kind, OutcomeKind... kinds) {
		assertThat(server.requestCount() - sent).isEqualTo(kinds.length);
		Awaitility.await()
			.untilAsserted(() -> assertThat(listening().outcomes).extracting(CallOutcome::kind).containsExactly(kinds));
		assertThat(listening().targets).allSatisfy((target) -> {
			assertThat(target.provider()).isEqualTo(kind.provider());
			assertThat(target.endpoint()).isEqualTo(kind.endpoint());
			assertThat(target.model()).isEqualTo(kind.model());
		});
	}

	private static Listening listening() {
		return context.getBean(Listening.class);
	}

	private static AudioTranscriptionPrompt audio() {
		return new AudioTranscriptionPrompt(new ByteArrayResource(new byte[] { 1, 2, 3 }) {

			@Override
			public String getFilename() {
				return "hello.mp3";
			}

		});
	}

	/**
	 * Asks for something.
	 *
	 * @param name for people
	 * @param provider who is asked
	 * @param endpoint at which endpoint
	 * @param model for which model
	 * @param good how an answer looks
	 * @param asking asks
	 */
	record Kind(String name, String provider, String endpoint, String model, FakeAnswer good,
			Function<ApplicationContext, Object> asking) {

		Object ask() {
			return this.asking.apply(context);
		}

		LlmBreaker breaker() {
			context.getBean(BreakerRegistry.class).gate(new LlmTarget(this.provider, this.endpoint, this.model));
			return context.getBean(LlmBreakers.class).find(this.provider + ":" + this.model).orElseThrow();
		}

	}

	/**
	 * Tests one kind.
	 */
	@FunctionalInterface
	interface Check {

		void run(Kind kind);

	}

	@Configuration(proxyBeanMethods = false)
	static class Listening {

		final List<LlmTarget> targets = new CopyOnWriteArrayList<>();

		final List<CallOutcome> outcomes = new CopyOnWriteArrayList<>();

		@Bean
		LlmCallListener listener() {
			return (target, outcome, duration) -> {
				this.targets.add(target);
				this.outcomes.add(outcome);
			};
		}

		void clear() {
			this.targets.clear();
			this.outcomes.clear();
		}

	}

}
