package dev.logaggregator.event;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event of the log as a value: for where one event matters more than a million. Readers that go
 * through many look at them where they lie, with {@link EventView}.
 *
 * @param offset its place in the log
 * @param topic the topic it was published to
 * @param id names the event within its topic
 * @param source who published it; null if not said
 * @param level how severe it is; null if not said
 * @param timestamp when it happened
 * @param receivedAt when it was accepted
 * @param attributes flat strings, in the order in which they were written
 * @param payload JSON, as it was written but for white space between tokens
 */
public record Event(
    long offset,
    Topic topic,
    String id,
    @Nullable String source,
    @Nullable Level level,
    Instant timestamp,
    Instant receivedAt,
    Map<String, String> attributes,
    String payload) {}
