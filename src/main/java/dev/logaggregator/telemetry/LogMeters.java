package dev.logaggregator.telemetry;

import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.LogStatistics;
import dev.logaggregator.store.RetentionSettings;
import dev.logaggregator.store.SegmentCounts;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/**
 * The log's figures as meters, read when a scrape asks for them: a publish pays nothing for it. All
 * meters of one scrape come from one snapshot, so that they add up there as they do in {@code
 * /stats}.
 */
@Component
final class LogMeters implements MeterBinder {

  /** Longer than a scrape takes, shorter than the pause between two. */
  private static final Duration SNAPSHOT_LASTS = Duration.ofMillis(500);

  private final EventStore store;
  private final RetentionSettings retention;
  private final InstantSource clock;
  private volatile Snapshot snapshot;

  private record Snapshot(Instant takenAt, LogStatistics statistics) {}

  LogMeters(EventStore store, RetentionSettings retention, InstantSource clock) {
    this.store = store;
    this.retention = retention;
    this.clock = clock;
    snapshot = new Snapshot(clock.instant(), store.statistics(0));
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    counter(registry, "events.received", "Events that publishers sent", LogStatistics::received);
    counter(registry, "events.accepted", "Events stored", LogStatistics::accepted);
    counter(registry, "events.duplicates", "Events refused as repeated", LogStatistics::duplicates);
    counter(registry, "events.rejected", "Events refused as invalid", LogStatistics::rejected);
    counter(registry, "events.evicted", "Events dropped by retention", LogStatistics::evicted);
    counter(registry, "received.bytes", "Bytes of received events", LogStatistics::receivedBytes);
    gauge(registry, "events.retained", "Events that can be read", LogStatistics::retained);
    gauge(
        registry,
        "retained.bytes",
        "Size of the retained events before compression",
        LogStatistics::retainedBytes);
    gauge(
        registry,
        "stored.bytes",
        "Memory that the log takes, indexes included",
        LogStatistics::storedBytes);
    gauge(
        registry,
        "stored.limit.bytes",
        "Memory that the log may take before it drops the oldest events",
        figures -> retention.maxBytesOrDefault());
    gauge(registry, "topics", "Topics but the system's", LogStatistics::topicCount);
    Gauge.builder("aggregator.uncompressible.segments", store, EventStore::uncompressibleSegments)
        .description("Segments that couldn't be compressed and take their full room")
        .register(registry);
    segments(registry, "raw", SegmentCounts::raw);
    segments(registry, "waiting", SegmentCounts::waiting);
    segments(registry, "packed", SegmentCounts::packed);
    segments(registry, "columns", SegmentCounts::columns);
  }

  private void segments(
      MeterRegistry registry, String form, ToDoubleFunction<SegmentCounts> count) {
    Gauge.builder("aggregator.segments", store, log -> count.applyAsDouble(log.segments()))
        .description("Segments of the log in that form")
        .tag("form", form)
        .register(registry);
  }

  private void counter(
      MeterRegistry registry,
      String name,
      String description,
      ToDoubleFunction<LogStatistics> figure) {
    FunctionCounter.builder("aggregator." + name, this, me -> me.read(figure))
        .description(description)
        .register(registry);
  }

  private void gauge(
      MeterRegistry registry,
      String name,
      String description,
      ToDoubleFunction<LogStatistics> figure) {
    Gauge.builder("aggregator." + name, this, me -> me.read(figure))
        .description(description)
        .register(registry);
  }

  private double read(ToDoubleFunction<LogStatistics> figure) {
    Snapshot current = snapshot;
    Instant now = clock.instant();
    // Not "older than": a clock that was set back must not keep the snapshot for ever.
    if (Duration.between(current.takenAt, now).abs().compareTo(SNAPSHOT_LASTS) > 0) {
      current = new Snapshot(now, store.statistics(0));
      snapshot = current;
    }
    return figure.applyAsDouble(current.statistics);
  }
}
