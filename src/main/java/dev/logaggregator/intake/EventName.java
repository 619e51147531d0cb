package dev.logaggregator.intake;

import dev.logaggregator.event.Topic;

/**
 * What names an event.
 *
 * @param id UTF-8
 */
public record EventName(Topic topic, byte[] id) {}
