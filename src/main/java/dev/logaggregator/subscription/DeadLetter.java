package dev.logaggregator.subscription;

import java.time.Instant;

/**
 * An event that ran out of deliveries. The log has the event, for as long as it retains it.
 *
 * @param offset of the event
 * @param deliveries how often it was delivered
 * @param reason why the last delivery failed
 * @param at when it was given up
 */
record DeadLetter(long offset, int deliveries, String reason, Instant at) {

  /** Endpoints have a say in reasons, and there may be many letters. */
  static final int LONGEST_REASON = 256;

  /** A tree node with its number, this record, a time, and a text without its characters. */
  private static final int BYTES_BESIDE_REASON = 40 + 24 + 32 + 24 + 40;

  /** What it takes, with its place among the others. */
  int bytes() {
    return BYTES_BESIDE_REASON + 2 * reason.length();
  }

  /** A reason, cut to what is kept of it. */
  static String shortened(String reason) {
    return reason.length() <= LONGEST_REASON
        ? reason
        : reason.substring(0, LONGEST_REASON - 1) + "…";
  }
}
