package dev.logaggregator.search;

/** Counts events, some at a time. One thread at a time. */
interface EventCounter {

  void count(FoundEvents events);

  /** Whether nothing can be made of it any more, so that the rest need not be looked at. */
  boolean isUseless();
}
