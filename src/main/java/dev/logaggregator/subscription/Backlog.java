package dev.logaggregator.subscription;

import org.jspecify.annotations.Nullable;

/**
 * How many matching events lie before a subscription's position, as far as they were counted. Each
 * is counted once: the count goes on from where it was when more has come, and goes down by what is
 * delivered. Counting reads the log without the subscription's lock, while events go on being
 * delivered; all that is here is done under it.
 */
final class Backlog {

  /** A part of the log that is being counted, and how many of its events were delivered since. */
  static final class Part {
    private final long from;
    private long delivered;

    private Part(long from) {
      this.from = from;
    }

    /** Exclusive. */
    long from() {
      return from;
    }
  }

  private long position;
  private long countedTo;
  private long counted;

  /** What is counted is retained from this offset on. */
  private long oldest;

  private long firstOffset = -1;
  private long firstReceivedMillis = -1;
  private @Nullable Part underWay;

  Backlog(long position) {
    restart(position);
  }

  /** Counts anew from there. */
  void restart(long from) {
    position = from;
    oldest = from + 1;
    countedTo = from;
    counted = 0;
    firstOffset = -1;
    underWay = null;
  }

  /** A new event was delivered. Before {@link #passed}. */
  void delivered(long offset) {
    if (offset <= countedTo) {
      counted--;
    }
    if (underWay != null && offset > underWay.from) {
      underWay.delivered++;
    }
  }

  /** All up to that offset was looked at, to deliver what matches. */
  void passed(long offset) {
    position = offset;
    if (position >= countedTo) {
      countedTo = position;
      counted = 0;
    }
  }

  /** The part that comes next is being counted. */
  Part begin() {
    Part part = new Part(countedTo);
    underWay = part;
    return part;
  }

  /**
   * What a part was found to have.
   *
   * @param to up to and including this offset
   * @param events how many match
   * @param first offset of the first of them; -1 if there is none
   * @param firstMillis when that was received
   * @param oldest the smallest offset that the log still has
   */
  record Found(long to, long events, long first, long firstMillis, long oldest) {}

  /** A part was counted; to no avail if the count was begun anew meanwhile. */
  void add(Part part, Found found) {
    if (underWay != part) {
      return;
    }
    underWay = null;
    if (found.oldest > Math.max(oldest, position + 1) && counted > 0) {
      restart(position);
      oldest = found.oldest;
      return;
    }
    oldest = Math.max(oldest, found.oldest);
    if (position < found.to) {
      if (counted == 0 && found.first > position) {
        first(found.first, found.firstMillis);
      }
      // Where the position has come into the part, nothing of what was counted before is left.
      counted += found.events - part.delivered;
      countedTo = found.to;
    }
  }

  /** The first event that is counted was found. */
  void first(long offset, long receivedMillis) {
    firstOffset = offset;
    firstReceivedMillis = receivedMillis;
  }

  /** Whether there is a first event, and isn't known. */
  boolean lacksFirst() {
    return counted > 0 && firstOffset <= position;
  }

  /** How many there are, as far as they were counted. */
  long counted() {
    return counted;
  }

  /** Up to and including this offset. */
  long countedTo() {
    return countedTo;
  }

  /** When the first of them was received, in milliseconds since the epoch; -1 if not known. */
  long firstReceivedMillis() {
    return firstOffset > position ? firstReceivedMillis : -1;
  }
}
