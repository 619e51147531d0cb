package dev.logaggregator.subscription;

/**
 * An event that is handed to a consumer.
 *
 * @param offset of the event
 * @param number 1 for the first delivery of the event
 * @param ackId names this delivery
 */
public record Delivery(long offset, int number, String ackId) {}
