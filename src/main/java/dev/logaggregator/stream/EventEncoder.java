package dev.logaggregator.stream;

import dev.logaggregator.event.Cursor;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventJson;
import dev.logaggregator.event.EventView;
import dev.logaggregator.json.JsonBuffer;
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
   * What a reader that doesn't read keeps in memory at most, an event aside. Small, since there may
   * be thousands of them; large enough for the costs of a read and a write to be shared by many
   * events.
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
   * The next events after an offset, as many as there are and fit.
   *
   * @param cancelled asked now and then while nothing matches; true ends the reading
   */
  Chunk read(EventFilter filter, long after, BooleanSupplier cancelled) throws IOException {
    JsonBuffer out = new JsonBuffer(FIRST_CAPACITY);
    ReadResult result =
        store.read(
            new ReadRequest(filter, Order.ASC, after, Long.MAX_VALUE, cancelled),
            event -> {
              write(event, out);
              return out.length() < CHUNK_BYTES;
            });
    return new Chunk(
        gap(after, result.oldest() - 1),
        out.bytes(),
        out.length(),
        Math.max(after, result.position()),
        result.exhausted());
  }

  private void write(EventView event, JsonBuffer out) {
    out.ascii(idField).number(event.offset()).ascii("\ndata: ");
    EventJson.write(event, out);
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
