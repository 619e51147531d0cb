package dev.logaggregator.search;

import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventView;
import dev.logaggregator.filter.FieldReader;
import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import dev.logaggregator.search.ValueCounts.ValueCount;
import dev.logaggregator.store.EventStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
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
  private final List<Claim> claims = new ArrayList<>();
  private boolean incomplete;

  Counting(EventStore store, MemoryAccount memory, Deadline deadline, String client) {
    this.store = store;
    this.memory = memory;
    this.deadline = deadline;
    this.client = client;
  }

  private Claim claim() {
    Claim claim = memory.claim(Use.COUNTS, client);
    claims.add(claim);
    return claim;
  }

  /** Whether the time was over before all events were looked at. */
  public boolean isIncomplete() {
    return incomplete;
  }

  /**
   * How often each value of a field occurs.
   *
   * @param cancelled asked now and then; true ends it
   */
  public ValueCounts values(EventFilter filter, FieldReader field, BooleanSupplier cancelled) {
    List<ValueCounts> parts =
        store.collect(
            filter,
            () -> new ValueCounts(claim()),
            (counts, event) -> field.read(event, counts::add),
            ended(cancelled),
            client);
    return ValueCounts.sum(parts, claim());
  }

  private BooleanSupplier ended(BooleanSupplier cancelled) {
    return () -> {
      incomplete |= deadline.hasPassed();
      return incomplete || cancelled.getAsBoolean();
    };
  }

  /**
   * Events by time. Where there are too many values for one pass, a first one finds the most
   * frequent.
   *
   * @param by what to divide the counts by; null for nothing
   * @param width of a piece of time; null for one that fits
   * @param cancelled asked now and then; true ends it
   */
  public List<BucketCounts> byTime(
      EventFilter filter,
      Series.@Nullable By by,
      @Nullable BucketWidth width,
      BooleanSupplier cancelled) {
    if (by == null) {
      return counts(filter, Series::undivided, width, cancelled);
    }
    List<BucketCounts> counts = counts(filter, () -> Series.asTheyCome(by), width, cancelled);
    if (!isCrowded(counts)) {
      return counts;
    }
    List<String> values = mostFrequent(filter, by::value, cancelled);
    return counts(filter, () -> Series.of(by, values), width, cancelled);
  }

  private static boolean isCrowded(List<BucketCounts> counts) {
    Set<String> values = new HashSet<>();
    for (BucketCounts part : counts) {
      if (part.series().isCrowded()) {
        return true;
      }
      values.addAll(part.series().names());
    }
    values.remove(Series.NONE);
    return values.size() > Series.MOST;
  }

  private List<BucketCounts> counts(
      EventFilter filter,
      Supplier<Series> series,
      @Nullable BucketWidth width,
      BooleanSupplier cancelled) {
    AtomicBoolean useless = new AtomicBoolean();
    BooleanSupplier ended = ended(cancelled);
    return store.collect(
        filter,
        () ->
            width == null
                ? BucketCounts.adaptive(series.get(), claim())
                : BucketCounts.fixed(series.get(), width, claim()),
        (counts, event) -> {
          counts.count(event);
          if (counts.isUseless()) {
            useless.set(true);
          }
        },
        () -> useless.get() || ended.getAsBoolean(),
        client);
  }

  private List<String> mostFrequent(
      EventFilter filter, Function<EventView, @Nullable String> value, BooleanSupplier cancelled) {
    List<ValueCounts> parts =
        store.collect(
            filter,
            () -> new ValueCounts(claim()),
            (counts, event) -> {
              String found = value.apply(event);
              if (found != null) {
                counts.add(found);
              }
            },
            ended(cancelled),
            client);
    return ValueCounts.sum(parts, claim()).mostFrequent(Series.MOST).stream()
        .map(ValueCount::value)
        .toList();
  }

  @Override
  public void close() {
    claims.forEach(Claim::close);
  }
}
