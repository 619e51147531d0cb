package dev.logaggregator.query;

import dev.logaggregator.event.Cursor;
import dev.logaggregator.event.EventView;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.search.EventOutput;
import dev.logaggregator.search.EventSearch;
import dev.logaggregator.store.Gap;
import dev.logaggregator.store.Order;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Events as one JSON document that says how to go on. */
final class JsonPage implements EventOutput {

  /** Protects clients: 10,000 events of the largest size would be 10 GB. */
  private static final int MOST_BYTES = 16 << 20;

  private final ResponseChunks out;
  private final int limit;
  private final long startedNanos = System.nanoTime();
  private int count;
  private long lastOffset;
  private boolean hasMore;

  /**
   * @param limit how many events at most; handed one more, the page says that there is more
   */
  JsonPage(ResponseChunks out, int limit) {
    this.out = out;
    this.limit = limit;
    out.buffer().ascii("{\"events\":[");
  }

  @Override
  public boolean accept(EventView event) throws ClientGoneException {
    if (count == limit || out.length() >= MOST_BYTES) {
      hasMore = true;
      return false;
    }
    JsonBuffer json = out.buffer();
    if (count > 0) {
      json.put(',');
    }
    count++;
    lastOffset = event.offset();
    return out.write(event, "");
  }

  @Override
  public boolean hasEvents() {
    return count > 0;
  }

  @Override
  public boolean wantsMore() throws IOException {
    if (hasMore) {
      return false;
    }
    out.betweenReads();
    return true;
  }

  /**
   * Writes what follows the events. {@code next} is always there in {@code ASC}; in {@code DESC},
   * only as long as there is more.
   */
  void end(Order order, String epoch, EventSearch search) throws IOException {
    out.betweenReads();
    JsonBuffer json = out.buffer().put(']');
    boolean incomplete = search.isIncomplete();
    if (hasMore || incomplete || order == Order.ASC) {
      long next = hasMore ? lastOffset : search.reached();
      json.ascii(",\"next\":").string(new Cursor(epoch, next).toString());
    }
    json.ascii(",\"hasMore\":").ascii(Boolean.toString(hasMore || incomplete));
    if (incomplete) {
      json.ascii(",\"incomplete\":\"timeout\"");
    }
    gap(json, search.gap());
    json.ascii(",\"scanned\":").number(search.scanned());
    double tookMillis = (System.nanoTime() - startedNanos) / 1e6;
    json.ascii(",\"tookMillis\":").decimal(tookMillis, 2).put('}');
    out.end();
  }

  private static void gap(JsonBuffer json, @Nullable Gap gap) {
    if (gap != null) {
      json.ascii(",\"gap\":{\"from\":").string(gap.from().toString());
      json.ascii(",\"to\":").string(gap.to().toString()).put('}');
    }
  }
}
