package dev.logaggregator.search;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How searches are bounded.
 *
 * @param timeout how long one may take; then the answer has what was found, and says so
 */
@ConfigurationProperties("aggregator.query")
record SearchSettings(@DefaultValue("30s") Duration timeout) {

  SearchSettings {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("aggregator.query.timeout must be longer than nothing");
    }
  }
}
