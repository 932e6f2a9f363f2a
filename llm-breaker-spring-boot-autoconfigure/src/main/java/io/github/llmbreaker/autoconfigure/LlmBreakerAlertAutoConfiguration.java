// Copyright 2026-present the original author or authors.
// SPDX-License-Identifier: Apache-2.0

package io.github.llmbreaker.autoconfigure;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import io.github.llmbreaker.alert.AlertBreakerListener;
import io.github.llmbreaker.alert.AlertFormat;
import io.github.llmbreaker.alert.AlertReceiver;
import io.github.llmbreaker.alert.AlertSettings;
import io.github.llmbreaker.breaker.BreakerMode;
import io.github.llmbreaker.breaker.BreakerSync;
import io.github.llmbreaker.breaker.Ticker;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration for alerts, once there is somebody to tell.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = LlmBreakerAutoConfiguration.class)
@ConditionalOnLlmBreakerEnabled
@Conditional(LlmBreakerAlertAutoConfiguration.OnReceiverCondition.class)
public final class LlmBreakerAlertAutoConfiguration {

	private static final PropertyCheck CHECK = new PropertyCheck(LlmBreakerProperties.PREFIX + ".alerts");

	@Bean
	@ConditionalOnMissingBean
	AlertBreakerListener llmBreakerAlertListener(LlmBreakerProperties properties, Environment environment,
			Ticker ticker, ObjectProvider<BreakerSync> sync) {
		AlertProperties alerts = properties.alerts();
		CHECK.notNegative("min-interval", alerts.minInterval());
		List<AlertReceiver> receivers = new ArrayList<>();
		add(receivers, AlertFormat.WEBHOOK, "webhook-url", alerts.webhookUrl());
		add(receivers, AlertFormat.SLACK, "slack-webhook-url", alerts.slackWebhookUrl());
		AlertSettings settings = new AlertSettings(environment.getProperty("spring.application.name", "application"),
				alerts.states(), alerts.minInterval(), StringUtils.hasText(alerts.pageUrl()) ? alerts.pageUrl() : null,
				properties.mode() == BreakerMode.OBSERVE);
		return new AlertBreakerListener(settings, receivers, ticker, new NamedThreadFactory("llm-breaker-alerts"),
				sync.getIfUnique(() -> BreakerSync.LOCAL)::fleet);
	}

	private static void add(List<AlertReceiver> receivers, AlertFormat format, String key, @Nullable String url) {
		if (StringUtils.hasText(url)) {
			receivers.add(new AlertReceiver(format, parse(key, url.trim())));
		}
	}

	/** What is wrong with it must not be told by showing it. */
	private static URI parse(String key, String url) {
		URI uri;
		try {
			uri = URI.create(url);
		}
		catch (IllegalArgumentException ex) {
			uri = URI.create("");
		}
		boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
		if (!http || uri.getHost() == null || uri.getUserInfo() != null) {
			throw CHECK.invalid(key, null, "must be a URL that begins with http:// or https:// and holds no user",
					"Set it to the whole URL of the webhook. It is not shown here because it is a secret.");
		}
		return uri;
	}

	/**
	 * Matches if there is somebody to tell.
	 */
	static final class OnReceiverCondition extends SpringBootCondition {

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			boolean webhook = isSet(context.getEnvironment(), "webhook-url");
			boolean slack = isSet(context.getEnvironment(), "slack-webhook-url");
			ConditionMessage.Builder message = ConditionMessage.forCondition("Receiver of alerts");
			return (webhook || slack) ? ConditionOutcome.match(message.because("a URL is set"))
					: ConditionOutcome.noMatch(message.because("no URL is set"));
		}

		private static boolean isSet(Environment environment, String key) {
			return StringUtils.hasText(environment.getProperty(LlmBreakerProperties.PREFIX + ".alerts." + key));
		}

	}

}
