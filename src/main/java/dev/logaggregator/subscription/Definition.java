package dev.logaggregator.subscription;

import dev.logaggregator.event.TopicPattern;
import dev.logaggregator.filter.FilterParameters;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription is asked to do.
 *
 * @param topics names and patterns; if there are none, all topics but the system's
 * @param q the filter language; null for everything
 * @param ackDeadline how long a consumer has to acknowledge an event
 * @param maxDeliveries how often an event is delivered before it goes to the dead letters
 * @param backoff the pauses between deliveries
 * @param maxInFlight how many events may be delivered and not yet acknowledged
 * @param push where events are pushed to; null if they are pulled
 */
public record Definition(
    List<String> topics,
    @Nullable String q,
    Duration ackDeadline,
    int maxDeliveries,
    Backoff backoff,
    int maxInFlight,
    @Nullable PushTarget push) {

  public Definition {
    topics = List.copyOf(topics);
  }

  /**
   * The condition that {@code topics} and {@code q} are, to be compiled.
   *
   * @throws dev.logaggregator.event.InvalidEventException when one of them is malformed
   */
  FilterParameters filter() {
    return FilterParameters.of(topics.stream().map(TopicPattern::parse).toList(), q);
  }

  /** Whether the other one takes the same events, by what both say. */
  boolean wantsTheSameAs(Definition other) {
    return topics.equals(other.topics) && Objects.equals(q, other.q);
  }

  Definition with(@Nullable PushTarget target) {
    return new Definition(topics, q, ackDeadline, maxDeliveries, backoff, maxInFlight, target);
  }
}
