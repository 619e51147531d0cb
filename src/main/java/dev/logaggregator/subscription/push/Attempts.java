package dev.logaggregator.subscription.push;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest pushes of a subscription. They are kept in memory only. */
final class Attempts {

  private static final int KEPT = 100;

  private final Deque<Attempt> latest = new ArrayDeque<>();

  synchronized void add(Attempt attempt) {
    latest.addFirst(attempt);
    if (latest.size() > KEPT) {
      latest.removeLast();
    }
  }

  /** The newest first. */
  synchronized List<Attempt> latest() {
    return List.copyOf(latest);
  }
}
