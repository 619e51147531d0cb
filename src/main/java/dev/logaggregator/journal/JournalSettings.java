package dev.logaggregator.journal;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which journal to use.
 *
 * @param journal {@code none} keeps events in memory only
 */
@ConfigurationProperties("aggregator")
public record JournalSettings(@DefaultValue("none") Kind journal) {

  /** The journals that there are. */
  public enum Kind {
    /** Nothing outlives the process. */
    NONE
  }
}
