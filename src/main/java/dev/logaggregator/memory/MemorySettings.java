package dev.logaggregator.memory;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * How much memory may be held for clients.
 *
 * @param max for all uses together; three sixteenths of the heap if unset
 */
@ConfigurationProperties("aggregator.memory")
record MemorySettings(@Nullable DataSize max) {

  private static final DataSize LEAST = DataSize.ofMegabytes(4);

  MemorySettings {
    if (max != null && max.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException("aggregator.memory.max must be at least 4MB");
    }
  }

  /** {@link #max}, in bytes, with its default. */
  long maxBytesOrDefault() {
    return max == null ? Runtime.getRuntime().maxMemory() / 16 * 3 : max.toBytes();
  }
}
