package dev.logaggregator.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Reads the log for all readers. Unpacking and searching sealed segments is done by a few threads
 * of its own, one for each core: a large scan thereby shares the cores with publishers instead of
 * holding a virtual thread's carrier, and the memory for it is bounded by their number.
 */
final class LogReader implements AutoCloseable {

  /** Unpacked segments that pages go on from, shared by readers that are at the same place. */
  private static final long CACHE_BYTES =
      Math.clamp(Runtime.getRuntime().maxMemory() / 32, 1L << 20, 64L << 20);

  private final TopicLogs topics;
  private final int cores = Runtime.getRuntime().availableProcessors();
  private final ExecutorService scanners =
      Executors.newFixedThreadPool(cores, Thread.ofPlatform().name("scan-", 0).daemon().factory());
  private final Cache<SealedSegment, RawSegment> unpacked =
      Caffeine.newBuilder()
          .maximumWeight(CACHE_BYTES)
          .weigher((SealedSegment sealed, RawSegment raw) -> (int) raw.sizeBytes())
          .build();

  LogReader(TopicLogs topics) {
    this.topics = topics;
  }

  /** See {@link EventStore#read}. */
  ReadResult read(LogView log, ReadRequest request, EventConsumer consumer) throws IOException {
    Reading reading = new Reading(topics, live(request.filter()), request, consumer);
    return switch (request.order()) {
      case ASC -> readForward(log, reading);
      case DESC -> readBackward(log, reading);
    };
  }

  /** Offset of the oldest event that no topic has dropped; the watermark if there is none. */
  long firstLive(LogView log) {
    long[] first = {log.watermark()};
    ReadRequest anyEvent = new ReadRequest(new AnyEvent(), Order.ASC, log.firstOffset() - 1, 1);
    try {
      read(
          log,
          anyEvent,
          event -> {
            first[0] = event.offset();
            return false;
          });
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return first[0];
  }

  private record AnyEvent() implements EventFilter {

    @Override
    public boolean matches(EventView event) {
      return true;
    }

    @Override
    public Verdict judge(BlockSummary block) {
      return Verdict.ALL;
    }
  }

  private ReadResult readForward(LogView log, Reading reading) throws IOException {
    List<Segment> segments = new ArrayList<>();
    for (Segment segment : log.closed()) {
      if (segment.lastOffset() > reading.from()) {
        segments.add(segment);
      }
    }
    boolean exhausted =
        readClosed(segments, reading) && reading.deliver(ScanAhead.Part.unsearched(log.open()));
    long end = Math.max(reading.from(), log.watermark() - 1);
    return reading.result(exhausted, end, log.firstOffset());
  }

  private ReadResult readBackward(LogView log, Reading reading) throws IOException {
    List<Segment> segments = new ArrayList<>();
    for (int i = log.closed().length - 1; i >= 0; i--) {
      if (log.closed()[i].baseOffset() < reading.from()) {
        segments.add(log.closed()[i]);
      }
    }
    boolean exhausted =
        reading.deliver(ScanAhead.Part.unsearched(log.open())) && readClosed(segments, reading);
    return reading.result(
        exhausted, Math.min(reading.from(), log.firstOffset()), log.firstOffset());
  }

  /** Reads segments in this order; false when the reader wants no more. */
  private boolean readClosed(List<Segment> segments, Reading reading) throws IOException {
    int next = 0;
    if (!segments.isEmpty()
        && segments.getFirst() instanceof SealedSegment first
        && first.isMostlyWanted(reading.filter())) {
      next++;
      if (!reading.deliver(new ScanAhead.Part(first, unpacked(first), false))) {
        return false;
      }
    }
    try (ScanAhead ahead = new ScanAhead(segments, next, this, reading)) {
      while (ahead.hasNext()) {
        ScanAhead.Part part = ahead.next();
        if (part == null || !reading.deliver(part)) {
          return false;
        }
      }
    }
    return true;
  }

  private RawSegment unpacked(SealedSegment segment) {
    return unpacked.get(segment, missing -> await(submit(() -> missing.unpack(topics))));
  }

  /** Searches a segment in the background. */
  Future<ScanAhead.Part> extract(SealedSegment segment, EventFilter filter) {
    return submit(() -> new ScanAhead.Part(segment, segment.extract(filter, topics), true));
  }

  int cores() {
    return cores;
  }

  private <T> Future<T> submit(Callable<T> task) {
    return scanners.submit(task);
  }

  /** See {@link EventStore#collect}. */
  <A> List<A> collect(
      LogView log,
      EventFilter wanted,
      Supplier<A> accumulator,
      BiConsumer<A, EventView> step,
      BooleanSupplier cancelled) {
    EventFilter filter = live(wanted);
    AtomicInteger next = new AtomicInteger();
    List<Future<A>> workers = new ArrayList<>();
    for (int i = 0; i < cores; i++) {
      workers.add(
          submit(
              () -> {
                A accumulated = accumulator.get();
                for (int index = next.getAndIncrement();
                    index <= log.closed().length && !cancelled.getAsBoolean();
                    index = next.getAndIncrement()) {
                  Segment segment = index < log.closed().length ? log.closed()[index] : log.open();
                  collect(segment, filter, accumulated, step);
                }
                return accumulated;
              }));
    }
    return workers.stream().map(LogReader::await).toList();
  }

  private <A> void collect(
      Segment segment, EventFilter filter, A accumulated, BiConsumer<A, EventView> step) {
    switch (segment) {
      case SealedSegment sealed ->
          sealed.scan(filter, topics, event -> step.accept(accumulated, event));
      case RawSegment raw -> {
        EventView view = new EventView(topics);
        view.attach(raw.chunks(), raw.baseOffset());
        for (int i = 0; i < raw.eventCount(); i++) {
          view.moveTo(raw.starts()[i]);
          if (filter.matches(view)) {
            step.accept(accumulated, view);
          }
        }
      }
    }
  }

  private EventFilter live(EventFilter filter) {
    return topics.haveFloors() ? new LiveOnly(filter, topics) : filter;
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(false);
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while reading", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("reading a segment failed", e.getCause());
    }
  }

  @Override
  public void close() {
    scanners.shutdown();
  }
}
