package dev.logaggregator.store;

/**
 * How many readers of one kind there are now. Each room whose readers stay, rather than ask and go,
 * has one, so that the figures name them without knowing the rooms.
 */
public interface ReaderCount {

  /** The kind, as {@code /stats} calls it: {@code streams}, {@code subscriptions}. */
  String kind();

  /** How many there are. */
  long count();
}
