package dev.logaggregator.hostile;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** How often each status was answered; 0 stands for a connection that was closed without one. */
final class Answers {

  static final int NONE = 0;

  private final Map<Integer, LongAdder> counts = new ConcurrentSkipListMap<>();

  void add(int status) {
    counts.computeIfAbsent(status, unseen -> new LongAdder()).increment();
  }

  /** Whether there was one that is always a bug of the service: a 5xx that isn't 503. */
  boolean hasFailure() {
    return counts.keySet().stream().anyMatch(status -> status >= 500 && status != 503);
  }

  long count(int status) {
    LongAdder count = counts.get(status);
    return count == null ? 0 : count.sum();
  }

  /** As {@code 200×12 503×4}. */
  @Override
  public String toString() {
    return counts.entrySet().stream()
        .map(count -> (count.getKey() == NONE ? "none" : count.getKey()) + "×" + count.getValue())
        .collect(Collectors.joining(" "));
  }
}
