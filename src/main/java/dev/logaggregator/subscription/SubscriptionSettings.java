package dev.logaggregator.subscription;

import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds on subscriptions.
 *
 * @param max how many there may be; a further one is refused
 * @param maxDeadLetters how many dead letters one keeps; then the oldest are dropped
 * @param maxWaitingPulls how many requests may wait for an event; a further one is refused. An
 *     eighth of the connections that there may be if unset
 * @param maxWaitingPullsPerClient how many of them of one client address; three quarters if unset
 */
@Validated
@ConfigurationProperties("aggregator.subscription")
record SubscriptionSettings(
    @DefaultValue("1000") @Positive int max,
    @DefaultValue("10000") @Positive int maxDeadLetters,
    @Nullable @Positive Integer maxWaitingPulls,
    @Nullable @Positive Integer maxWaitingPullsPerClient) {

  private static final int PART_OF_CONNECTIONS = 8;

  /** {@link #maxWaitingPulls} with its default. */
  int maxWaitingPullsWithin(int connections) {
    return maxWaitingPulls == null
        ? Math.max(1, connections / PART_OF_CONNECTIONS)
        : maxWaitingPulls;
  }

  /** {@link #maxWaitingPullsPerClient} with its default. */
  int maxWaitingPullsPerClientWithin(int connections) {
    return maxWaitingPullsPerClient == null
        ? Math.max(1, maxWaitingPullsWithin(connections) / 4 * 3)
        : maxWaitingPullsPerClient;
  }
}
