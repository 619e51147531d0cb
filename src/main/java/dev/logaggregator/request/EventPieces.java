package dev.logaggregator.request;

import dev.logaggregator.event.EventJson;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.memory.Claim;
import dev.logaggregator.store.EventStore;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A large event on its way to one of many readers: piece by piece, each copied from where the event
 * lies when the one before has been taken. While a client doesn't read, a piece is all that is kept
 * for it, and nothing of the log.
 */
public final class EventPieces {

  /** Larger pieces spare an event that lies compressed from being unpacked for each of many. */
  private static final int LARGEST_BYTES = 256 * 1024;

  private static final int LEAST_BYTES = 4 * 1024;

  private EventPieces() {}

  /** The log has dropped the event before it was sent to its end. */
  public static final class EvictedException extends IOException {

    private EvictedException(long offset) {
      super("the event at offset " + offset + " was evicted while it was being sent");
    }
  }

  /**
   * Sends an event's JSON.
   *
   * @param claim pays for the pieces, by what it holds already, and more if that is to be had
   * @return how many bytes were sent
   * @throws EvictedException when the log doesn't have it (any more)
   * @throws dev.logaggregator.memory.MemoryExhaustedException when there is no memory for a piece
   */
  public static long send(EventStore store, long offset, Claim claim, OutputStream out)
      throws IOException {
    int most = pieceBytes(claim);
    JsonBuffer piece = new JsonBuffer(most);
    boolean[] atEnd = {false};
    long sent = 0;
    while (!atEnd[0]) {
      long from = sent;
      boolean found =
          store.readAt(
              offset,
              event -> {
                atEnd[0] = EventJson.writePart(event, from, most, piece);
                return false;
              });
      if (!found) {
        throw new EvictedException(offset);
      }
      piece.writeTo(out);
      sent += piece.length();
      piece.clear();
    }
    return sent;
  }

  private static int pieceBytes(Claim claim) {
    for (int bytes = LARGEST_BYTES; bytes > LEAST_BYTES; bytes /= 2) {
      if (claim.tryAtLeast(bytes)) {
        return bytes;
      }
    }
    claim.atLeast(LEAST_BYTES);
    return LEAST_BYTES;
  }
}
