package dev.logaggregator.intake;

import dev.logaggregator.event.Durability;
import dev.logaggregator.event.Receipt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request's events.
 *
 * @param receipt of all that were stored
 * @param rejected how many were not, since they are invalid
 * @param durability what being stored promises
 * @param errors the first of the rejected ones
 * @param only names the request's only event, if it was stored; null if there were more
 * @param stoppedBy why not all of the request was taken; null if all of it was. One of {@link
 *     IntakeException}, {@link dev.logaggregator.memory.MemoryExhaustedException}, {@link
 *     dev.logaggregator.store.TooManyTopicsException}, {@link
 *     dev.logaggregator.store.StoreUnavailableException}
 */
public record Outcome(
    Receipt receipt,
    long rejected,
    Durability durability,
    List<RejectedEvent> errors,
    @Nullable EventName only,
    @Nullable RuntimeException stoppedBy) {

  /** Whether there is anything in the log that wasn't there before, or a duplicate of it. */
  public boolean isAnyStored() {
    return receipt.accepted() + receipt.duplicates() > 0;
  }

  /** Whether some events were rejected. */
  public boolean isPartial() {
    return rejected > 0;
  }
}
