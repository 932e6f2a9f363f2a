// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.simulation;

/**
 * What the page says between its tables.
 */
final class OutagesText {

	static final String INTRODUCTION = """
			# Outages, played

			How long does it take until a breaker notices that a model is dead? How often does it lock out a healthy one?
			When is it worse than no breaker at all? This page has the answers of a simulation: the breakers of this
			module, configured as in an application, and the rules of others meet the same calls and the same incidents,
			on virtual time. The command that wrote this page, within ten minutes:

			```shell
			./mvnw -Psimulation -Dquick -pl llm-breaker-spring-boot-autoconfigure test-compile exec:exec
			```

			The same seed gives the same page; `-Dsimulation.seed=7` takes other dice.

			## What is played

			**Calls** come at random (Poisson), 0.1, 2, 50 or 500 a second. A healthy model begins to answer after about
			0.6 s and ends after about 4 s; a failure takes about 0.3 s (medians of lognormal times, spread 0.3). One call
			in a hundred to a healthy model fails with a 503. No call is tried again.

			**Incidents** hit a model that has been healthy for at least two minutes and a hundred calls; five healthy
			minutes follow (at 500 calls a second, 40 seconds and two minutes). A call's fate is decided when it begins.
			Each is played 100, 20, 2 and 1 times at 0.1, 2, 50 and 500 calls a second.

			| incident | what happens |
			| --- | --- |
			| down 15 s, 90 s, 10 min | every call gets a 503 |
			| brown-out of 30 %, 60 % | so many calls get a 503, for five minutes |
			| rate limit 20 s | every call gets a 429; with hint: and the time that is left |
			| quota of 70 % a minute | after so many of the usual calls of each minute the rest gets a 429 and, with hint, the time until the next minute; for five minutes |
			| flapping 10 s / 10 s | 10 s down, 10 s well, for five minutes |
			| recovery over 60 s | a minute down, then ever fewer 503s over another minute |
			| 20 times slower, limit 30 s | content after 12 s, and the client gives up after 30 s, for five minutes |
			| hangs, limit 30 s | no call is answered, and the client gives up after 30 s, for five minutes |
			| down 60 s, then hangs | a minute of 503s, then a minute in which no call is answered; the client gives up after 30 s |
			| key dead | every call gets a 401, for five minutes |
			| one of four keys dead | a quarter of the calls get a 401, for five minutes. By key: each strategy has one breaker for each key, ours by `llm-breaker.partition: credential`. One breaker: it doesn't |
			| every tenth request too big for the token limit | those get a 429 and a wait of 20 s, all others are answered, for five minutes |

			**Strategies**: every preset; no breaker; the library [Resilience4j](https://resilience4j.readme.io) with its
			defaults, and with a time window of 60 s and at least 10 calls; and three rules as their makers document them,
			written anew for this simulation:

			- [LiteLLM](https://docs.litellm.ai/docs/routing)'s router, one of several deployments: 401, 408 and 429 cool
			  it down at once, other failures when they are more than half of at least five calls that ended within the
			  minute of the clock; for 5 s or as long as the answer asks.
			- [aibridge](https://github.com/coder/aibridge): five of 429, 503, 504 or 529 in a row, counted anew every 10 s,
			  open for 30 s; three probes.
			- [Portkey](https://portkey.ai/docs/product/ai-gateway/circuit-breaker), the documentation's example: more than
			  20 % of at least 10 calls (of the last minute; it doesn't say) open for 60 s, then it closes by itself.

			**The oracle** knows at any time what a probe would have told that is never made: how the model was when a call
			began that tells it by now. It makes a call if more than half of such calls succeed.

			**Regret** is counted in seconds of traffic. Each call that is made costs the chance that it fails, each call that
			is withheld the chance that it would have succeeded; the sum, divided by the calls a second, less the same sum
			of the oracle, is the regret: seconds of calls to a dead model, plus seconds of calls withheld from a healthy
			one, beyond what can be known. The mean is over all incidents but those with a star in the last tables.

			## Mean regret

			""";

	static final String NOTICING = """

			## Until a full outage is noticed

			From its beginning until the breaker is open, mean over the outages of 90 s and 10 min; where it never
			opened, the whole outage counts.

			""";

	static final String WORST = """

			## Worse than no breaker

			The incident in which a strategy does worst compared with no breaker at all, and how many seconds worse. A
			cooldown of 30 s or more is longer than some of the outages.

			""";

	static final String HEALTHY = """

			## Healthy models

			The share of the calls to a healthy model that are rejected: the worst of 0.5, 1 and 2 % errors, single and two in a
			row, with answers of 4 s and of 30 s. Played for a day at 0.1 and 2 calls a second, for 20 minutes at 50 and for
			three at 500: the shares hold for longer days, as a breaker remembers a few minutes.

			""";

	static final String COLD_START = """

			The same for the first minute after a start (50 calls at least), with 2 % errors, over 200 starts at 0.1 and at 2
			calls a second, 20 at 50 and 2 at 500, with answers of each kind.

			""";

	static final String BROWN_OUT = """

			## A brown-out of 30 %

			Seven of ten calls are answered, so they should be made. The share that is rejected is below. What opens
			`consecutive` are five failures in a row, which is what it is asked to do; `strict` stays open for two minutes
			each time.

			""";

	static final String SLOWNESS = """

			## Slow, and nobody set a limit

			All answers take 20 times as long for five minutes, streams of 4 s, and all of them come. With
			`slow-call-factor: 5` a call is slow that takes five times what is usual for this model, and a model is dead
			that is slow with all calls that began together. The seconds until that is noticed, and the share of the
			calls that is withheld:

			""";

	static final String RETRIES = """

			## Retries

			A model fails half of the calls, and `retry.max-retries: 2` has each of them made three times at most. How many
			calls the provider gets for each that the application makes, and how many of those are answered. The budget is
			`retry.budget: 20` as by default: at most so many percent of the calls, and one a second always, which is all
			there is at 0.1 and 2 calls a second.

			""";

	static final String OTHER_ANSWERS = """

			## Other answers

			Mean regret with answers that no rule was tuned on. Where half of the answers are no streams, most of what the
			fixed presets lose is lost after an outage: they close when all of their three probes have been answered, and the
			longest of three answers of 8 s takes about 12 s. Who does not stream and wants a fixed preset is better off with
			`half-open-calls: 1`. The default closes once one probe has been answered and the others have gone on for longer
			than failures took.
			""";

	static final String OTHER_CALLS = """

			The default with calls of many kinds, and in parentheses no breaker. The oracle knows no sooner than the first
			content of a stream or, without streams, the first answer, so where answers are long a breaker can do better than
			it. Who makes all calls of minutes at once gets little from any breaker: three of them find out for the rest.

			""";

	static final String INCIDENTS = """

			## Each incident

			Regret in seconds, streams of 4 s. A star: not part of the mean.
			""";

	static final String TIMELINES = """

			## Timelines

			What becomes of the calls: answered; failed; missed (withheld, but would have been answered); spared (withheld,
			and would have failed).

			""";

	private OutagesText() {
	}

}
