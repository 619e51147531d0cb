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
record DeadLetter(long offset, int deliveries, String reason, Instant at) {}
