package dev.logaggregator.subscription;

import dev.logaggregator.memory.Claim;

/**
 * What is under way between a subscription and its consumers, in this process: when it ends, all of
 * it is delivered again. Under the subscription's lock.
 */
final class Consumption {

  private final OffsetRanges done;
  private final InFlightTable table = new InFlightTable();
  private final AckIds ackIds = new AckIds();
  private final InFlightClaim claim;
  private final Dispatch dispatch;
  private final Settlement settlement;

  /**
   * @param claim for what is under way
   */
  Consumption(OffsetRanges done, LogCursor cursor, Claim claim) {
    this.done = done;
    this.claim = new InFlightClaim(table, done, claim);
    dispatch = new Dispatch(table, done, cursor, ackIds, this.claim);
    settlement = new Settlement(table, done, cursor, ackIds);
  }

  InFlightTable table() {
    return table;
  }

  AckIds ackIds() {
    return ackIds;
  }

  InFlightClaim claim() {
    return claim;
  }

  /** What is handed to consumers. */
  Dispatch dispatch() {
    return dispatch;
  }

  /** What they say became of it. */
  Settlement settlement() {
    return settlement;
  }

  /** Gives up all deliveries, as the position is moved. */
  void clear() {
    table.clear();
    ackIds.next();
  }

  /** Gives up everything, as the subscription is gone. */
  void close() {
    clear();
    done.reset(done.floor());
    claim.close();
  }
}
