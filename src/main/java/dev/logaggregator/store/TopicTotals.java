package dev.logaggregator.store;

/** What the counters of several topics add up to, kept as they change. */
final class TopicTotals {

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

  void accept(long bytes, long second) {
    accepted++;
    retained++;
    retainedBytes += bytes;
    rate.add(second);
  }

  void repeat() {
    duplicates++;
  }

  void drop(long events, long bytes) {
    retained -= events;
    retainedBytes -= bytes;
  }
}
