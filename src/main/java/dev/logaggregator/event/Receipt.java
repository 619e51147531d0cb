package dev.logaggregator.event;

/**
 * What became of a batch, told to whoever published it.
 *
 * @param accepted how many events were stored
 * @param duplicates how many repeat an event within the deduplication window
 * @param firstOffset of the first event stored; -1 if none was
 * @param lastOffset of the last event stored; -1 if none was
 * @param duplicateOf offset of the event that the batch's last duplicate repeats; -1 if none does
 */
public record Receipt(
    int accepted, int duplicates, long firstOffset, long lastOffset, long duplicateOf) {

  /** Nothing was stored. */
  public static final Receipt NOTHING = new Receipt(0, 0, -1, -1, -1);

  /** This receipt and that of a later batch of the same request, as one. */
  public Receipt plus(Receipt later) {
    return new Receipt(
        accepted + later.accepted,
        duplicates + later.duplicates,
        firstOffset >= 0 ? firstOffset : later.firstOffset,
        later.lastOffset >= 0 ? later.lastOffset : lastOffset,
        later.duplicateOf >= 0 ? later.duplicateOf : duplicateOf);
  }
}
