package dev.logaggregator.intake;

import dev.logaggregator.event.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Topics by the bytes of their names, so that an event whose topic was seen lately makes no object
 * for it. Each name has one place, from which it drives out whatever was there: bounded, and
 * without a lock.
 */
final class TopicNames {

  private static final int SIZE_LOG = 13;
  private static final int SIZE = 1 << SIZE_LOG;

  /** An odd number without a pattern, by which bits spread upwards. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private record Entry(byte[] name, Topic topic) {}

  private final AtomicReferenceArray<@Nullable Entry> entries = new AtomicReferenceArray<>(SIZE);

  /**
   * The topic with that name, which publishers may use.
   *
   * @throws dev.logaggregator.event.InvalidEventException when they may not
   */
  Topic get(byte[] bytes, int from, int to) {
    int slot = slot(bytes, from, to);
    Entry entry = entries.getAcquire(slot);
    if (entry != null && Arrays.equals(entry.name, 0, entry.name.length, bytes, from, to)) {
      return entry.topic;
    }
    Topic topic = Topic.publishable(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    entries.setRelease(slot, new Entry(Arrays.copyOfRange(bytes, from, to), topic));
    return topic;
  }

  private static int slot(byte[] bytes, int from, int to) {
    long hash = to - from;
    for (int at = from; at < to; at += ShortNames.HEAD_BYTES) {
      hash = (hash ^ ShortNames.head(bytes, at, to)) * SPREAD;
    }
    return (int) (hash >>> (Long.SIZE - SIZE_LOG));
  }
}
