package dev.logaggregator.subscription;

import dev.logaggregator.memory.Claim;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What ran out of deliveries, the oldest first. How many are kept, each record says; their bytes
 * are claimed before the record is made. Under the subscription's lock.
 */
final class DeadLetters {

  private final TreeMap<Long, DeadLetter> letters = new TreeMap<>();
  private final Claim claim;
  private long bytes;
  private long reservedBytes;
  private long dropped;

  /**
   * @param claim for the letters of one subscription
   */
  DeadLetters(Claim claim) {
    this.claim = claim;
  }

  /** Claims the memory for one that is about to be recorded; false if it isn't to be had. */
  boolean reserve(DeadLetter letter) {
    if (!claim.tryAtLeast(bytes + reservedBytes + letter.bytes())) {
      return false;
    }
    reservedBytes += letter.bytes();
    return true;
  }

  /** What was reserved for that one isn't needed, or used now. */
  void release(DeadLetter letter) {
    reservedBytes = Math.max(0, reservedBytes - letter.bytes());
    settle();
  }

  void put(DeadLetter letter) {
    DeadLetter replaced = letters.put(letter.offset(), letter);
    bytes += letter.bytes() - (replaced == null ? 0 : replaced.bytes());
    release(letter);
  }

  /** Drops the oldest, so that not more than so many are left. */
  void keep(int most) {
    while (letters.size() > most) {
      bytes -= letters.pollFirstEntry().getValue().bytes();
      dropped++;
    }
    settle();
  }

  @Nullable DeadLetter remove(long offset) {
    DeadLetter letter = letters.remove(offset);
    if (letter != null) {
      bytes -= letter.bytes();
      settle();
    }
    return letter;
  }

  /** A record that was made elsewhere, or before, has to be applied whether or not it fits. */
  private void settle() {
    claim.tryAtLeast(bytes + reservedBytes);
    claim.shrinkTo(bytes + reservedBytes);
  }

  int size() {
    return letters.size();
  }

  /** How many were dropped because there were too many. */
  long dropped() {
    return dropped;
  }

  /** Those after an offset. */
  List<DeadLetter> after(long offset, int max) {
    return letters.tailMap(offset, false).values().stream().limit(max).toList();
  }

  void clear() {
    letters.clear();
    bytes = 0;
    reservedBytes = 0;
    claim.close();
  }
}
