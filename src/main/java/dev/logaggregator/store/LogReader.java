package dev.logaggregator.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventView;
import dev.logaggregator.store.segment.RawSegment;
import dev.logaggregator.store.segment.SealedSegment;
import dev.logaggregator.store.segment.Segment;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log for all readers. Unpacking and searching sealed segments is done by a few threads
 * of its own, one for each core: a large scan thereby shares the cores with publishers instead of
 * holding a virtual thread's carrier, and the memory for it is bounded by their number.
 */
final class LogReader implements AutoCloseable {

  /** Unpacked segments that pages go on from, shared by readers that are at the same place. */
  private static final long CACHE_BYTES =
      Math.clamp(Runtime.getRuntime().maxMemory() / 32, 1L << 20, 64L << 20);

  private static final Duration IDLE = Duration.ofSeconds(10);

  private final TopicLogs topics;
  private final int cores = Runtime.getRuntime().availableProcessors();
  private final ExecutorService scanners = scanners(cores);
  private final Cache<SealedSegment, RawSegment> unpacked =
      Caffeine.newBuilder()
          .maximumWeight(CACHE_BYTES)
          .weigher((SealedSegment sealed, RawSegment raw) -> (int) raw.sizeBytes())
          .build();

  LogReader(TopicLogs topics) {
    this.topics = topics;
  }

  private static ExecutorService scanners(int threads) {
    var factory = Thread.ofPlatform().name("scan-", 0).daemon().factory();
    var queue = new LinkedBlockingQueue<Runnable>();
    var pool =
        new ThreadPoolExecutor(
            threads, threads, IDLE.toMillis(), TimeUnit.MILLISECONDS, queue, factory);
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * See {@link EventStore#read}.
   *
   * @param log the log as it is when asked
   */
  ReadResult read(Supplier<LogView> log, ReadRequest request, EventConsumer consumer)
      throws IOException {
    LogView start = log.get();
    long oldest = start.firstOffset();
    var reading = new Reading(live(request.filter()), request, start.watermark(), consumer);
    var walk = new SegmentWalk(start, log, request.order(), request.from());
    return reading.result(deliverAll(walk, reading), oldest);
  }

  /** Whether all was read that there was, and was still there. */
  private boolean deliverAll(SegmentWalk walk, Reading reading) throws IOException {
    try (ScanAhead ahead = new ScanAhead(walk, this, reading)) {
      for (ScanAhead.Part part = ahead.next(); part != null; part = ahead.next()) {
        if (!reading.deliver(part)) {
          return false;
        }
      }
      return ahead.isFinished();
    }
  }

  /** A segment's events, which stay unpacked for a while. */
  RawSegment unpacked(SealedSegment segment) {
    return unpacked.get(segment, missing -> await(submit(() -> missing.unpack())));
  }

  /** Searches a segment in the background. */
  Future<ScanAhead.Part> extract(SealedSegment segment, EventFilter filter) {
    return submit(() -> new ScanAhead.Part(segment, segment.extract(filter), true));
  }

  int cores() {
    return cores;
  }

  private <T> Future<T> submit(Callable<T> task) {
    return scanners.submit(task);
  }

  /** See {@link EventStore#collect}. */
  <A> List<A> collect(
      Supplier<LogView> log,
      EventFilter wanted,
      Supplier<A> accumulator,
      BiConsumer<A, EventView> step,
      BooleanSupplier cancelled) {
    EventFilter filter = live(wanted);
    var walk = new SegmentWalk(log.get(), log, Order.DESC, ReadRequest.NEWEST);
    List<Future<A>> workers = new ArrayList<>();
    for (int i = 0; i < cores; i++) {
      workers.add(
          submit(
              () -> {
                A accumulated = accumulator.get();
                for (Segment segment = next(walk);
                    segment != null && !cancelled.getAsBoolean();
                    segment = next(walk)) {
                  collect(segment, filter, accumulated, step);
                }
                return accumulated;
              }));
    }
    return workers.stream().map(LogReader::await).toList();
  }

  private static @Nullable Segment next(SegmentWalk shared) {
    synchronized (shared) {
      return shared.next();
    }
  }

  private <A> void collect(
      Segment segment, EventFilter filter, A accumulated, BiConsumer<A, EventView> step) {
    switch (segment) {
      case SealedSegment sealed -> sealed.scan(filter, event -> step.accept(accumulated, event));
      case RawSegment raw -> {
        EventView view = new EventView();
        raw.show(view);
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
    return topics.haveFloors() ? new LiveOnly(filter) : filter;
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
