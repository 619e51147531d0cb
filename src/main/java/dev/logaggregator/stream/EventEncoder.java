package dev.logaggregator.stream;

import dev.logaggregator.event.Cursor;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventJson;
import dev.logaggregator.event.EventView;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.store.EventConsumer;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.Gap;
import dev.logaggregator.store.Order;
import dev.logaggregator.store.ReadRequest;
import dev.logaggregator.store.ReadResult;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** Reads the log as server-sent events. */
@Component
final class EventEncoder {

  /**
   * What a reader that doesn't read keeps in memory at most. Small, since there may be thousands of
   * them; large enough for the costs of a read and a write to be shared by many events.
   */
  static final int CHUNK_BYTES = 32 * 1024;

  private static final int FIRST_CAPACITY = 1024;
  private static final byte[] NOTHING = {};

  private final EventStore store;
  private final String idField;

  EventEncoder(EventStore store) {
    this.store = store;
    idField = "id: " + store.epoch() + ".";
  }

  /**
   * The next events after an offset, as many as there are and fit. One that doesn't fit alone is
   * named, to be sent by {@link LargeEvent}.
   *
   * @param most how many bytes of events at most
   * @param cancelled asked now and then while nothing matches; true ends the reading
   * @param client whose share of the scanners' time it takes
   */
  Chunk read(EventFilter filter, long after, int most, BooleanSupplier cancelled, String client)
      throws IOException {
    Filling filling = new Filling(most);
    ReadResult result =
        store.read(
            new ReadRequest(filter, Order.ASC, after, Long.MAX_VALUE, cancelled, client), filling);
    long end = filling.leftOut == Chunk.NONE ? result.position() : filling.leftOut - 1;
    return new Chunk(
        gap(after, result.oldest() - 1),
        filling.toArray(),
        filling.out.length(),
        filling.large,
        Math.max(after, end),
        result.exhausted() && filling.leftOut == Chunk.NONE && filling.large == Chunk.NONE);
  }

  /** Takes events until one doesn't fit. */
  private final class Filling implements EventConsumer {

    private final int most;
    private final JsonBuffer out = new JsonBuffer(FIRST_CAPACITY);
    private long large = Chunk.NONE;
    private long leftOut = Chunk.NONE;

    Filling(int most) {
      this.most = most;
    }

    @Override
    public boolean accept(EventView event) {
      int before = out.length();
      // What it is as JSON isn't much shorter than this.
      if (event.length() <= most) {
        write(event, out);
      }
      if (out.length() > before && out.length() <= most) {
        return true;
      }
      out.truncate(before);
      if (before == 0) {
        large = event.offset();
      } else {
        leftOut = event.offset();
      }
      return false;
    }

    /** Without what the growth of the buffer has left empty, where that is much. */
    byte[] toArray() {
      return out.bytes().length > Math.min(most, 2 * out.length())
          ? out.toByteArray()
          : out.bytes();
    }
  }

  private void write(EventView event, JsonBuffer out) {
    writeId(event.offset(), out);
    EventJson.write(event, out);
    writeEnd(out);
  }

  /** What comes before an event's JSON. */
  void writeId(long offset, JsonBuffer out) {
    out.ascii(idField).number(offset).ascii("\ndata: ");
  }

  /** What comes after it. */
  void writeEnd(JsonBuffer out) {
    out.ascii("\n\n");
  }

  private byte[] gap(long after, long lastGone) {
    if (lastGone <= after) {
      return NOTHING;
    }
    String epoch = store.epoch();
    return gap(new Gap(new Cursor(epoch, after), new Cursor(epoch, lastGone)));
  }

  /** Has the cursor in front of what follows as its id, so that a gap isn't told twice. */
  static byte[] gap(Gap gap) {
    JsonBuffer out = new JsonBuffer(FIRST_CAPACITY);
    out.ascii("event: gap\nid: ").ascii(gap.to().toString());
    out.ascii("\ndata: {\"from\":").string(gap.from().toString());
    out.ascii(",\"to\":").string(gap.to().toString()).ascii("}\n\n");
    return out.toByteArray();
  }
}
