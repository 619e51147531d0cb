package dev.logaggregator.subscription;

import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds on subscriptions.
 *
 * @param max how many there may be; a further one is refused
 * @param maxDeadLetters how many dead letters one keeps; then the oldest are dropped
 * @param maxWaitingPulls how many requests may wait for an event; a further one is refused
 * @param maxWaitingPullsPerClient how many of them of one client address
 */
@Validated
@ConfigurationProperties("aggregator.subscription")
record SubscriptionSettings(
    @DefaultValue("1000") @Positive int max,
    @DefaultValue("10000") @Positive int maxDeadLetters,
    @DefaultValue("2000") @Positive int maxWaitingPulls,
    @DefaultValue("500") @Positive int maxWaitingPullsPerClient) {}
