package dev.logaggregator.store;

import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds on topics.
 *
 * @param max how many there may be with events or remembered ids; a further one is refused
 */
@Validated
@ConfigurationProperties("aggregator.topics")
public record TopicSettings(@DefaultValue("100000") @Positive int max) {

  /** The bound that is used unless another one is set. */
  public static final TopicSettings DEFAULT = new TopicSettings(100_000);
}
