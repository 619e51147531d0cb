package dev.logaggregator.store;

import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.Receipt;
import dev.logaggregator.event.Topic;
import dev.logaggregator.event.TopicPattern;
import dev.logaggregator.journal.JournalEntry;
import dev.logaggregator.store.RetentionSettings.TopicBounds;
import dev.logaggregator.store.segment.RawSegment;
import dev.logaggregator.store.segment.SealedSegment;
import dev.logaggregator.store.segment.Segment;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Everything that publishing changes, and the lock under which it does: the segments, the topic
 * logs, deduplication, the counters. What an entry does to it follows from the entries so far and
 * their order; only retention looks at memory and time.
 */
final class LogState implements AutoCloseable {

  private final ReentrantLock lock = new ReentrantLock();
  private final TopicLogs topics;
  private final Deduplication deduplication;
  private final Segments segments;
  private final Retention retention;
  private final SealingQueue sealing;
  private final Map<String, RoomState> rooms = new HashMap<>();
  private final Watermark watermark = new Watermark();
  private final RateWindow rate = new RateWindow();
  private long rejected;
  private long receivedBytes;
  private long lastOffset = -1;
  private volatile long version;

  LogState(
      RetentionSettings settings,
      DeduplicationSettings window,
      TopicSettings topicSettings,
      List<RoomState> roomStates) {
    roomStates.forEach(room -> rooms.put(room.kind(), room));
    topics = new TopicLogs(topicSettings.max(), patterns(settings.topics()));
    deduplication = new Deduplication(window);
    retention = new Retention(settings, topics);
    segments = new Segments(retention.segmentBytes(), retention.segmentEvents());
    sealing = new SealingQueue(this::replace);
  }

  private static Map<TopicPattern, TopicBounds> patterns(Map<String, TopicBounds> settings) {
    Map<TopicPattern, TopicBounds> patterns = new LinkedHashMap<>();
    settings.forEach((pattern, bounds) -> patterns.put(TopicPattern.parse(pattern), bounds));
    return patterns;
  }

  /** Applies the journal's next entry. */
  Receipt apply(JournalEntry entry) {
    return switch (entry) {
      case JournalEntry.Published published -> underLock(() -> store(published.batch()));
      case JournalEntry.TopicDeleted deleted -> {
        underLock(() -> delete(deleted.topic()));
        sealMostlyDead();
        yield Receipt.NOTHING;
      }
      case JournalEntry.Recorded recorded -> {
        apply(recorded);
        yield Receipt.NOTHING;
      }
    };
  }

  /** Not under the lock: rooms have their own, and the journal hands over one at a time. */
  private void apply(JournalEntry.Recorded recorded) {
    RoomState room = rooms.get(recorded.kind());
    if (room == null) {
      throw new IllegalStateException("nobody knows records of kind " + recorded.kind());
    }
    room.apply(recorded.content());
  }

  private Receipt store(EventBatch batch) {
    TopicLog[] logs = topics.resolve(batch);
    long nowMillis = batch.receivedAt().toEpochMilli();
    deduplication.expire(nowMillis);
    deduplication.readAhead(batch);
    int accepted = 0;
    int duplicates = 0;
    long first = -1;
    long last = -1;
    long duplicateOf = -1;
    for (int i = 0; i < batch.size(); i++) {
      TopicLog topic = logs[batch.topicIndex(i)];
      boolean system = topic.topic().isSystem();
      long seen = system ? Deduplication.NEW : deduplication.seenAt(batch, i);
      if (seen != Deduplication.NEW) {
        topic.repeat();
        duplicates++;
        duplicateOf = seen;
        continue;
      }
      long offset = append(batch, i, topic, nowMillis);
      if (!system) {
        deduplication.remember(batch, i, offset, nowMillis);
        accepted++;
        first = first < 0 ? offset : first;
        last = offset;
      }
    }
    rejected += batch.rejected();
    receivedBytes += batch.receivedBytes();
    lastOffset = last < 0 ? lastOffset : last;
    rate.add(batch.receivedAt().getEpochSecond(), accepted);
    version++;
    for (TopicLog topic : logs) {
      retention.enforce(topic, nowMillis);
      topics.grown(topic);
    }
    retention.enforceSize(segments);
    publish();
    return new Receipt(accepted, duplicates, first, last, duplicateOf);
  }

  private long append(EventBatch batch, int index, TopicLog topic, long nowMillis) {
    int size = batch.end(index) - batch.start(index);
    if (segments.isFullFor(size)) {
      roll();
    }
    long offset = segments.append(batch, index, topic, nowMillis);
    topic.accept(offset, batch.timestampSecond(index), batch.timestampNano(index), size, nowMillis);
    retention.appended();
    return offset;
  }

  /** The youngest closed segment stays raw, since the newest events are asked for most. */
  private void roll() {
    segments.roll();
    if (segments.youngest(1) instanceof RawSegment raw && raw.isWorthSealing()) {
      sealing.add(raw);
    }
    retention.enforceSize(segments);
  }

  private boolean delete(Topic name) {
    TopicLog topic = topics.get(name);
    if (topic != null && topic.retained() > 0) {
      topics.expectFloors();
      retention.dropped(topic.retained());
      topic.deleteBefore(segments.nextOffset());
      version++;
      retention.dropDead(segments);
      publish();
      return true;
    }
    return false;
  }

  private void publish() {
    segments.publish();
    watermark.advance(segments.nextOffset());
  }

  /** Has those segments packed anew of which a half or more is gone. */
  private void sealMostlyDead() {
    for (Segment segment : segments.view().closed()) {
      if (segment instanceof SealedSegment sealed
          && sealed.deadEvents() * 2 >= sealed.eventCount()) {
        sealing.add(sealed);
      }
    }
  }

  private void replace(Segment segment, SealedSegment sealed) {
    underLock(
        () -> {
          if (segments.replace(segment, sealed)) {
            TopicLogs.removeDead(segment.topics(), 1);
            TopicLogs.removeDead(sealed.topics(), -1);
          }
          return version++;
        });
  }

  /** Drops what is too old as of that time. */
  void enforceRetention(Instant now) {
    boolean dropped =
        underLock(
            () -> {
              boolean any = retention.enforceAge(segments, now.toEpochMilli());
              if (any) {
                version++;
                publish();
              }
              return any;
            });
    if (dropped || topics.haveFloors()) {
      sealMostlyDead();
    }
  }

  private <T> T underLock(Supplier<T> change) {
    lock.lock();
    try {
      return change.get();
    } finally {
      lock.unlock();
    }
  }

  /** Waits while too many segments wait to be sealed. */
  void awaitSealing() {
    sealing.awaitRoom();
  }

  TopicLogs topics() {
    return topics;
  }

  Watermark watermark() {
    return watermark;
  }

  LogView view() {
    return segments.view();
  }

  long version() {
    return version;
  }

  /**
   * The figures at one moment.
   *
   * @param firstOffset of the oldest retained event
   * @param top of how many topics, the largest first
   */
  LogStatistics statistics(Instant now, long firstOffset, int top) {
    long second = now.getEpochSecond();
    return underLock(
        () -> {
          TopicCounters totals = topics.totals();
          return new LogStatistics(
              version,
              totals.accepted(),
              totals.duplicates(),
              rejected,
              totals.retained(),
              receivedBytes,
              totals.retainedBytes(),
              segments.sizeBytes() + deduplication.sizeBytes() + topics.sizeBytes(),
              totals.retained() == 0 ? -1 : firstOffset,
              lastOffset,
              rate.perSecond(second, 1),
              rate.perSecond(second, 60),
              rate.perSecond(second, 300),
              topics.publicCount(),
              statistics(topics.largest(top), second),
              totals.rate1m(second),
              statistics(topics.system(), second));
        });
  }

  private static List<TopicStatistics> statistics(List<TopicLog> logs, long second) {
    return logs.stream().map(log -> log.statistics(second)).toList();
  }

  @Override
  public void close() {
    sealing.close();
    watermark.close();
  }
}
