package dev.logaggregator.search;

import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import dev.logaggregator.filter.FieldReader;
import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import dev.logaggregator.search.ValueCounts.Sort;
import dev.logaggregator.store.Collector;
import dev.logaggregator.store.EventStore;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts matching events, by several scanners at once, each in tables of its own that are claimed.
 * To be closed when the result was used.
 */
public final class Counting implements AutoCloseable {

  private final EventStore store;
  private final MemoryAccount memory;
  private final Deadline deadline;
  private final String client;
  private final BooleanSupplier cancelled;
  private final List<Claim> claims = new ArrayList<>();
  private boolean incomplete;

  /**
   * @param cancelled asked now and then; true ends it
   */
  Counting(
      EventStore store,
      MemoryAccount memory,
      Deadline deadline,
      String client,
      BooleanSupplier cancelled) {
    this.store = store;
    this.memory = memory;
    this.deadline = deadline;
    this.client = client;
    this.cancelled = cancelled;
  }

  private Room room() {
    Claim claim = memory.claim(Use.COUNTS, client);
    claims.add(claim);
    return new Room(claim);
  }

  /** Whether the time was over before all events were looked at. */
  public boolean isIncomplete() {
    return incomplete;
  }

  /**
   * How often each value of a field occurs, and a number of the events that have it. Where there is
   * no room for that of each value, it is measured in a second pass for the most frequent ones.
   *
   * @param measure the number; null for none
   * @param limit how many values will be asked for
   * @param sort in which order
   */
  public ValueCounts values(
      EventFilter filter, FieldReader field, @Nullable Measure measure, int limit, Sort sort) {
    ValueCounts counts = values(filter, () -> ValueCounts.of(field, measure, room()));
    if (measure == null || sort == Sort.VALUE || !counts.isTruncated() || incomplete) {
      return counts;
    }
    close();
    ValueCounts unmeasured = values(filter, () -> ValueCounts.of(field, null, room()));
    List<String> chosen = unmeasured.names(limit);
    close();
    ValueCounts measured =
        values(filter, () -> ValueCounts.ofChosen(field, measure, chosen, room()));
    return unmeasured.isTruncated() ? measured.truncated() : measured;
  }

  private ValueCounts values(EventFilter filter, Supplier<ValueCounts> counts) {
    return ValueCounts.sum(collect(filter, counts));
  }

  /**
   * Events by time. Where there are too many values for one pass, a first one finds the most
   * frequent; where it isn't known how long the time is for which something is measured, another.
   *
   * @param by what to divide by; null for nothing
   * @param limit how many values to name, {@value Series#MOST} at most
   * @param measure a number to make of the events; null for their count only
   */
  public Histogram byTime(
      EventFilter filter,
      @Nullable FieldReader by,
      int limit,
      @Nullable Measure measure,
      HistogramRange range) {
    HistogramRange fixed = measure == null ? range : withWidth(filter, range);
    if (by == null) {
      return Histogram.of(counts(filter, Series::undivided, measure, fixed), fixed, limit, room());
    }
    List<BucketCounts> counts = counts(filter, room -> Series.of(by, room), measure, fixed);
    if (counts.stream().anyMatch(part -> part.series().isCrowded())) {
      close();
      List<String> values =
          values(filter, () -> ValueCounts.ofShort(by, Series.LONGEST, room())).names(limit);
      close();
      counts = counts(filter, room -> Series.ofChosen(by, values, room), measure, fixed);
    }
    return Histogram.of(counts, fixed, limit, room());
  }

  private HistogramRange withWidth(EventFilter filter, HistogramRange range) {
    if (range.width() != null) {
      return range;
    }
    List<BucketCounts> counts = counts(filter, Series::undivided, null, range);
    BucketWidth width = Histogram.of(counts, range, 0, room()).width();
    close();
    return new HistogramRange(width, range.since(), range.until());
  }

  /** By which values each of the parts divides its events. */
  @FunctionalInterface
  private interface Division {
    Series series(Room room);
  }

  private List<BucketCounts> counts(
      EventFilter filter, Division division, @Nullable Measure measure, HistogramRange range) {
    BucketWidth width = range.width();
    return collect(
        filter,
        () -> {
          Room room = room();
          return width == null
              ? BucketCounts.adaptive(division.series(room), room)
              : BucketCounts.fixed(division.series(room), measure, width, room);
        });
  }

  /** Which fields events have. */
  public FieldCounts fields(EventFilter filter) {
    return FieldCounts.sum(collect(filter, () -> new FieldCounts(room())));
  }

  /** Each of what is returned has counted a part of the events. */
  private <C extends EventCounter> List<C> collect(EventFilter filter, Supplier<C> counter) {
    AtomicBoolean useless = new AtomicBoolean();
    List<CountedPart<C>> parts =
        store.collect(
            filter,
            () -> new CountedPart<>(counter.get()),
            new Collector<CountedPart<C>>() {
              @Override
              public void accept(CountedPart<C> part, EventView event) {
                part.count(event);
                look(part);
              }

              @Override
              public void accept(CountedPart<C> part, EventRows rows, BitSet matching) {
                part.count(rows, matching);
                look(part);
              }

              private void look(CountedPart<C> part) {
                if (part.counter().isUseless()) {
                  useless.set(true);
                }
              }
            },
            () -> useless.get() || isOver(),
            client);
    return parts.stream().map(CountedPart::counter).toList();
  }

  private boolean isOver() {
    incomplete |= deadline.hasPassed();
    return incomplete || cancelled.getAsBoolean();
  }

  /** Gives back the memory of what was counted. */
  @Override
  public void close() {
    claims.forEach(Claim::close);
    claims.clear();
  }
}
