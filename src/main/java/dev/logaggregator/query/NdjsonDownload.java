package dev.logaggregator.query;

import dev.logaggregator.event.Cursor;
import dev.logaggregator.event.EventView;
import dev.logaggregator.search.EventOutput;
import dev.logaggregator.search.EventSearch;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.Gap;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Events a line each, as far as the log reached at the first of them: a download ends however fast
 * the log grows. Lines have no place for what a page says besides its events, so that headers do.
 */
final class NdjsonDownload implements EventOutput {

  /** What is gone, as {@code <from>..<to>}: as the member {@code gap} of a page. */
  static final String GAP = "X-Log-Gap";

  /**
   * How far the log reached: passed as {@code after}, it continues this download. Only on one that
   * no limit cuts.
   */
  static final String CURSOR = "X-Log-Cursor";

  private final EventStore store;
  private final EventSearch search;
  private final HttpServletResponse response;
  private final ResponseChunks out;
  private final long limit;
  private long count;
  private long end = -1;
  private boolean ended;
  private @Nullable Gap saidGap;

  /**
   * @param limit how many events at most; {@code Long.MAX_VALUE} for all
   */
  NdjsonDownload(
      EventStore store,
      EventSearch search,
      HttpServletResponse response,
      ResponseChunks out,
      long limit) {
    this.store = store;
    this.search = search;
    this.response = response;
    this.out = out;
    this.limit = limit;
  }

  @Override
  public boolean accept(EventView event) throws ClientGoneException {
    if (count == 0) {
      begin();
    }
    ended = event.offset() >= end;
    if (ended) {
      return false;
    }
    count++;
    ended = count == limit;
    return out.write(event, "\n") && !ended;
  }

  @Override
  public boolean hasEvents() {
    return count > 0;
  }

  @Override
  public boolean wantsMore() throws IOException {
    sayGap();
    if (ended || hasUnsaidGap()) {
      return false;
    }
    out.betweenReads();
    return true;
  }

  /**
   * To be called when the search is over: says in the headers what isn't said yet, if they can
   * still be changed.
   *
   * @return false when the log dropped events before they were read, and it is too late to say so
   */
  boolean end() {
    if (count == 0) {
      begin();
    }
    sayGap();
    return !hasUnsaidGap();
  }

  private boolean hasUnsaidGap() {
    return !Objects.equals(search.gap(), saidGap);
  }

  private void begin() {
    end = store.watermark();
    if (limit == Long.MAX_VALUE) {
      response.setHeader(CURSOR, new Cursor(store.epoch(), end - 1).toString());
    }
    sayGap();
  }

  private void sayGap() {
    Gap gap = search.gap();
    if (gap != null && !response.isCommitted()) {
      response.setHeader(GAP, gap.from() + ".." + gap.to());
      saidGap = gap;
    }
  }
}
