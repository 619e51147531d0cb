package dev.logaggregator.store;

import dev.logaggregator.event.EventFilter;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.worker.Workers;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Reads the log for all readers: they wait, and {@link Scanners} evaluate their conditions. */
final class LogReader implements AutoCloseable {

  private final TopicLogs topics;
  private final MemoryAccount memory;
  private final Scanners scanners;
  private final FollowerPace pace = new FollowerPace(System.nanoTime());
  private final UnpackedSegments unpacked = new UnpackedSegments();

  /**
   * @param memory where is claimed what readers hold
   * @param workers keep the scanners at work
   */
  LogReader(TopicLogs topics, MemoryAccount memory, Workers workers) {
    this.topics = topics;
    this.memory = memory;
    this.scanners = new Scanners(workers);
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
    var reading = new Reading(live(request.filter()), request, start.watermark(), consumer, memory);
    var walk = new SegmentWalk(start, log, request.order(), request.from());
    Scanners.Lane lane = scanners.open(request.client());
    boolean finished = deliverAll(walk, reading, lane);
    return reading.result(finished, oldest, lane.tookNanos());
  }

  /** Whether all was read that there was, and was still there. */
  private boolean deliverAll(SegmentWalk walk, Reading reading, Scanners.Lane lane)
      throws IOException {
    // Closed last to first: what was found is let go when no scanner is at it any more.
    try (ScanAhead ahead = new ScanAhead(walk, unpacked, reading, lane);
        lane) {
      while (true) {
        try (SegmentSearch.Part part = ahead.next()) {
          if (part == null) {
            return ahead.isFinished();
          }
          if (!reading.deliver(part)) {
            return false;
          }
        }
      }
    }
  }

  /** See {@link EventStore#collect}. */
  <A> List<A> collect(
      Supplier<LogView> log,
      EventFilter wanted,
      Supplier<A> accumulator,
      Collector<A> collector,
      BooleanSupplier cancelled,
      String client) {
    var walk = new SegmentWalk(log.get(), log, Order.DESC, ReadRequest.NEWEST);
    try (Scanners.Lane lane = scanners.open(client)) {
      return new Aggregation<>(walk, live(wanted), accumulator, collector, cancelled).run(lane);
    }
  }

  Follower follow() {
    return new Follower(pace, System::nanoTime);
  }

  private EventFilter live(EventFilter filter) {
    return topics.haveFloors() ? new LiveOnly(filter) : filter;
  }

  @Override
  public void close() {
    scanners.close();
  }
}
