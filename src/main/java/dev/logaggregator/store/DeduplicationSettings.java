package dev.logaggregator.store;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The window in which {@code (topic, id)} is remembered.
 *
 * @param maxIds how many, the newest; 0 turns deduplication off. If unset a million, or what a
 *     twelfth of the heap holds where that is less, so that with a heap of 230 MB it leaves, beside
 *     retention, two fifths of it to everything else
 * @param maxAge how long; unset is as long as there is room
 */
@Validated
@ConfigurationProperties("aggregator.deduplication")
public record DeduplicationSettings(
    @Nullable @PositiveOrZero @Max(500_000_000) Integer maxIds, @Nullable Duration maxAge) {

  private static final int MOST_BY_DEFAULT = 1_000_000;

  private static final int HEAP_SHARE = 12;

  /** What an id takes at most: four longs and an int, and two to four slots of the table. */
  private static final int ID_BYTES = 64;

  /** The window that is used unless another one is set. */
  public static final DeduplicationSettings DEFAULT = new DeduplicationSettings(null, null);

  /** {@link #maxIds}, with its default. */
  int maxIdsOrDefault() {
    return maxIds == null
        ? (int) Math.min(MOST_BY_DEFAULT, Runtime.getRuntime().maxMemory() / HEAP_SHARE / ID_BYTES)
        : maxIds;
  }
}
