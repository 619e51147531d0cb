package dev.logaggregator.listener;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a connection may take.
 *
 * @param headerTimeout from the first byte of a request to the last one of its headers
 * @param writeTimeout for each {@link Connection#WRITE_BYTES} of an answer; streams have a bound of
 *     their own
 */
@ConfigurationProperties("aggregator.listener")
record ListenerSettings(
    @DefaultValue("20s") Duration headerTimeout, @DefaultValue("20s") Duration writeTimeout) {

  ListenerSettings {
    requirePositive(headerTimeout, "aggregator.listener.header-timeout");
    requirePositive(writeTimeout, "aggregator.listener.write-timeout");
  }

  private static void requirePositive(Duration duration, String name) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(name + " must be more than nothing");
    }
  }
}
