package dev.logaggregator.publish;

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

  private static final int SIZE = 1 << 13;

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
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return (hash ^ hash >>> 15) & (SIZE - 1);
  }
}
