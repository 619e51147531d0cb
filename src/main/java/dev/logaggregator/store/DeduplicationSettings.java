package dev.logaggregator.store;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The window in which {@code (topic, id)} is remembered.
 *
 * @param maxIds how many, the newest; 0 turns deduplication off
 * @param maxAge how long; unset is as long as there is room
 */
@Validated
@ConfigurationProperties("aggregator.deduplication")
public record DeduplicationSettings(
    @DefaultValue("1000000") @PositiveOrZero @Max(500_000_000) int maxIds,
    @Nullable Duration maxAge) {

  /** The window that is used unless another one is set. */
  public static final DeduplicationSettings DEFAULT = new DeduplicationSettings(1_000_000, null);
}
