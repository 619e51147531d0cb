package dev.logaggregator.store;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much history the log keeps. Each bound is optional but the first; the tightest one wins.
 *
 * @param maxBytes memory that the retained events take, indexes and topics included; half of the
 *     heap if unset, less below 160 MB of heap
 * @param maxEvents how many events at most; unset is no bound
 * @param maxAge how long after they were received; unset is no bound
 * @param topics the same for each topic that a pattern matches, by pattern; where several match,
 *     each applies
 */
@Validated
@ConfigurationProperties("aggregator.retention")
public record RetentionSettings(
    @Nullable DataSize maxBytes,
    @Nullable @Positive Long maxEvents,
    @Nullable Duration maxAge,
    @DefaultValue Map<String, @Valid TopicBounds> topics) {

  /**
   * Bounds for one topic.
   *
   * @param maxBytes size of its retained events before compression
   * @param maxEvents how many events at most
   * @param maxAge how long after they were received
   */
  public record TopicBounds(
      @Nullable DataSize maxBytes, @Nullable @Positive Long maxEvents, @Nullable Duration maxAge) {}

  /**
   * What the service itself, requests and the segments that are being sealed take under load,
   * whatever is retained: measured with a heap of 121 MB, where half of it was too much. With one
   * of 230 MB, half of it for retention and a twelfth for deduplication, full of events and with a
   * hundred thousand topics, 150 MB were in use after a collection.
   */
  private static final long WORKING_BYTES = 80L << 20;

  /** No bound but the default one. */
  public static final RetentionSettings DEFAULT = new RetentionSettings(null, null, null, Map.of());

  /** {@link #maxBytes}, in bytes, with its default. */
  public long maxBytesOrDefault() {
    long heap = Runtime.getRuntime().maxMemory();
    return maxBytes == null
        ? Math.max(heap / 8, Math.min(heap / 2, heap - WORKING_BYTES))
        : maxBytes.toBytes();
  }
}
