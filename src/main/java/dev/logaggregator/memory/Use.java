package dev.logaggregator.memory;

import java.util.Locale;

/**
 * What memory is held for. Each use has a share of the account to itself, so that one that is
 * exhausted takes nothing from the others.
 */
public enum Use {
  /** Bodies of requests, what decompresses them, and what is made of them until it is stored. */
  BODIES(6),
  /** Answers on their way to clients that may read slowly. */
  ANSWERS(3),
  /** What streams are about to send. */
  STREAMS(3),
  /** Deliveries of subscriptions that are not acknowledged yet, and dead letters. */
  DELIVERIES(3),
  /** Tables in which searches count. */
  COUNTS(3);

  private static final int PARTS = 18;

  private final int parts;

  Use(int parts) {
    this.parts = parts;
  }

  /** This use's share of so many bytes. */
  long shareOf(long bytes) {
    return bytes / PARTS * parts;
  }

  /** As it is called in meters and messages. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
