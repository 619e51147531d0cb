package dev.logaggregator.store;

/** What is counted of a topic, or of several together, as it changes. Not thread-safe. */
final class TopicCounters {

  private long accepted;
  private long duplicates;
  private long retained;
  private long retainedBytes;
  private final MinuteRate rate = new MinuteRate();

  long accepted() {
    return accepted;
  }

  long duplicates() {
    return duplicates;
  }

  long retained() {
    return retained;
  }

  long retainedBytes() {
    return retainedBytes;
  }

  /** Accepted events a second over the last minute. */
  double rate1m(long nowSecond) {
    return rate.perSecond(nowSecond);
  }

  /** Counts an event that was stored in that second since the epoch. */
  void accept(int bytes, long second) {
    accepted++;
    retained++;
    retainedBytes += bytes;
    rate.add(second);
  }

  /** Counts an event that repeats another. */
  void repeat() {
    duplicates++;
  }

  /** Counts retained events as gone. */
  void drop(long events, long bytes) {
    retained -= events;
    retainedBytes -= bytes;
  }
}
