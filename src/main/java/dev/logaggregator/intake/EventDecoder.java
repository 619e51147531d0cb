package dev.logaggregator.intake;

import dev.logaggregator.event.EventDraft;

/** Makes an event of the bytes that a publisher sent for it. One thread only. */
interface EventDecoder {

  /**
   * Fills the draft, which is empty, with pieces that are valid until the next call.
   *
   * @throws dev.logaggregator.event.InvalidEventException when the bytes are no event; the draft
   *     then has what was understood so far
   */
  void decode(byte[] bytes, int from, int to, EventDraft draft);

  /** Memory that it keeps from one event to the next, in bytes, where that may be much. */
  long heldBytes();
}
