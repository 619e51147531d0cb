package dev.logaggregator.store;

import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.IdentityKey;
import dev.logaggregator.event.Receipt;
import dev.logaggregator.event.Topic;
import dev.logaggregator.event.TopicPattern;
import dev.logaggregator.journal.JournalEntry;
import dev.logaggregator.store.RetentionSettings.TopicBounds;
import dev.logaggregator.store.segment.RawSegment;
import dev.logaggregator.store.segment.SealedSegment;
import dev.logaggregator.store.segment.Sealer;
import dev.logaggregator.store.segment.Segment;
import dev.logaggregator.worker.LockRank;
import dev.logaggregator.worker.OrderedLock;
import dev.logaggregator.worker.Workers;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.util.unit.DataSize;

/**
 * Everything that publishing changes, and the lock under which it does: the segments, the topic
 * logs, deduplication, the counters. What an entry does to it follows from the entries so far and
 * their order; only retention looks at memory and time.
 */
final class LogState implements AutoCloseable {

  /** What the system keeps of itself must not drive out what publishers sent. */
  private static final int SYSTEM_SHARE = 16;

  private final OrderedLock lock = new OrderedLock(LockRank.LOG);
  private final TopicLogs topics;
  private final Deduplication deduplication;
  private final IdentityKey identityKey;
  private final Segments segments;
  private final Retention retention;
  private final SealingQueue sealing;
  private final Map<String, RoomState<?>> rooms = new HashMap<>();
  private final OrderedLock upkeep = new OrderedLock(LockRank.UPKEEP);
  private final DeadSegments deadSegments;
  private final FirstRetained firstRetained = new FirstRetained();
  private final Watermark watermark;
  private final RateWindow rate = new RateWindow();
  private long rejected;
  private long receivedBytes;
  private long lastOffset = -1;

  /** Base offset of the last segment that was closed and is to be sealed. */
  private long sealedUpTo = -1;

  private volatile long version;
  private volatile boolean empty = true;

  LogState(
      RetentionSettings settings,
      DeduplicationSettings window,
      TopicSettings topicSettings,
      List<RoomState<?>> roomStates,
      IdentityKey identityKey,
      Workers workers,
      ColumnPace columnPace) {
    this.identityKey = identityKey;
    roomStates.forEach(room -> rooms.put(room.kind(), room));
    long maxBytes = settings.maxBytesOrDefault();
    topics =
        new TopicLogs(
            // So that the least that is left for events is a quarter.
            new TopicPlaces(topicSettings.max(), maxBytes / 4 * 3),
            patterns(settings.topics()),
            new TopicBounds(DataSize.ofBytes(maxBytes / SYSTEM_SHARE), null, null));
    deduplication = new Deduplication(window, topics::forgot);
    retention = new Retention(settings, topics);
    segments = new Segments(retention.segmentBytes(), retention.segmentEvents());
    sealing =
        new SealingQueue(
            new SealingQueue.Log(this::holds, wanted -> view().oldestPacked(wanted), this::replace),
            workers,
            Sealer::new,
            columnPace,
            retention.maxRawBytes());
    deadSegments = new DeadSegments(topics, this::drop, sealing::rewrite);
    watermark = new Watermark(workers);
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
        yield Receipt.NOTHING;
      }
      case JournalEntry.Recorded recorded -> {
        apply(recorded);
        yield Receipt.NOTHING;
      }
    };
  }

  /** The entry for a record of another room, which has understood it. */
  JournalEntry.Recorded decode(String kind, byte[] content) {
    return new JournalEntry.Recorded(kind, content, room(kind).decode(content));
  }

  /** Not under the lock: rooms have their own, and the journal hands over one at a time. */
  private void apply(JournalEntry.Recorded recorded) {
    room(recorded.kind()).apply(recorded.decoded());
  }

  @SuppressWarnings("unchecked") // a room is handed what itself has decoded
  private RoomState<Object> room(String kind) {
    RoomState<?> room = rooms.get(kind);
    if (room == null) {
      throw new IllegalStateException("nobody knows records of kind " + kind);
    }
    return (RoomState<Object>) room;
  }

  private Receipt store(EventBatch batch) {
    batch.hash(identityKey); // nothing is left to do, unless the journal had kept the batch
    long nowMillis = batch.receivedAt().toEpochMilli();
    deduplication.expire(nowMillis);
    TopicLog[] logs = topics.resolve(batch, segments.nextOffset());
    deduplication.readAhead(batch);
    int accepted = 0;
    int duplicates = 0;
    long first = -1;
    long last = -1;
    long duplicateOf = -1;
    for (int i = 0; i < batch.size(); i++) {
      TopicLog topic = logs[batch.topicIndex(i)];
      boolean system = topic.topic().isSystem();
      long seen = system ? Deduplication.NEW : deduplication.seenAt(batch, i, topic.bornAt());
      if (seen != Deduplication.NEW) {
        topic.repeat();
        duplicates++;
        duplicateOf = seen;
        continue;
      }
      long offset = append(batch, i, topic, nowMillis);
      if (!system) {
        if (deduplication.remember(batch, i, offset, topic.number(), nowMillis)) {
          topics.remembered(topic);
        }
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
    topics.release(logs);
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

  private void roll() {
    segments.roll();
    sealClosed();
    retention.enforceSize(segments);
  }

  /**
   * Has closed segments sealed, once each. The youngest one stays raw, since the newest events are
   * asked for most.
   */
  private void sealClosed() {
    long before = sealedUpTo;
    for (int i = 1;
        segments.youngest(i) instanceof RawSegment raw && raw.baseOffset() > before;
        i++) {
      if (raw.isWorthSealing()) {
        sealing.add(raw);
      }
      sealedUpTo = Math.max(sealedUpTo, raw.baseOffset());
    }
  }

  /** Takes the same time however much the topic has: its segments are left to {@link #upkeep}. */
  private boolean delete(Topic name) {
    TopicLog topic = topics.get(name);
    if (topic != null) {
      topics.forgetAll(topic);
      retention.delete(topic, segments.nextOffset());
      version++;
      publish();
      return true;
    }
    return false;
  }

  private void publish() {
    empty = retention.isEmpty();
    segments.publish();
    watermark.advance(segments.nextOffset());
  }

  /** One that readers don't see yet, since the batch that filled it isn't applied yet, is held. */
  private boolean holds(Segment segment) {
    LogView view = segments.view();
    return segment.baseOffset() >= view.open().baseOffset()
        || view.segmentAfter(segment.baseOffset() - 1) == segment;
  }

  /** Takes out segments of which nothing is retained. */
  private void drop(List<Segment> dead) {
    underLock(
        () -> {
          segments.remove(dead).forEach(gone -> topics.leave(gone.topics()));
          return version++;
        });
  }

  private void replace(Segment segment, SealedSegment sealed) {
    underLock(
        () -> {
          if (segments.replace(segment, sealed)) {
            TopicLogs.join(sealed.topics());
            topics.leave(segment.topics());
            // Floors may have moved while it was written.
            if (topics.haveFloors() && sealed.deadEvents() > 0) {
              deadSegments.lookAgain();
            }
          }
          return version++;
        });
  }

  /**
   * Drops what is too old as of that time, and takes a step in finding what topics have dropped in
   * segments that are still there.
   */
  void enforceRetention(Instant now) {
    upkeep.lock();
    try {
      underLock(
          () -> {
            boolean any = retention.enforceAge(segments, now.toEpochMilli());
            if (any) {
              version++;
            }
            if (retention.isEmpty()) {
              segments.roll();
            }
            sealClosed(); // of those that were closed for their age
            publish();
            return any;
          });
      if (topics.haveFloors()) {
        deadSegments.step(view());
        firstRetained.advance(view());
      }
    } finally {
      upkeep.unlock();
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

  /**
   * Waits until there is room for more. To be called before publishing.
   *
   * @throws StoreUnavailableException when there is none for long
   */
  void awaitRoom(int batchBytes) {
    sealing.awaitRoom(batchBytes);
  }

  /**
   * Reserves places for a batch's new topics, before it is put in order.
   *
   * @return what is to be {@link #giveBack given back} when it was applied, or couldn't be
   * @throws TooManyTopicsException when there are too few; none was reserved
   */
  List<Topic> reserve(EventBatch batch) {
    return topics.missing(batch).isEmpty() ? List.of() : underLock(() -> topics.reserve(batch));
  }

  void giveBack(List<Topic> reserved) {
    if (!reserved.isEmpty()) {
      underLock(
          () -> {
            topics.giveBack(reserved);
            return true;
          });
    }
  }

  /** Whether ids are remembered that an entry of that time would have forgotten. */
  boolean hasExpiredIds(Instant time) {
    return underLock(() -> deduplication.hasExpired(time.toEpochMilli()));
  }

  /** Whether publishers are refused because segments can't be sealed. */
  boolean isStuck() {
    return sealing.isStuck();
  }

  /** How many segments take their full room because they couldn't be sealed. */
  int unsealable() {
    return sealing.unsealable();
  }

  /** How many segments there are in each form. */
  SegmentCounts segments() {
    return SegmentCounts.of(view());
  }

  /** Nothing smaller is retained; the watermark if nothing is. */
  long firstRetainedOffset() {
    return empty ? watermark.value() : Math.max(view().firstOffset(), firstRetained.offset());
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
   * @param top of how many topics, the largest first
   */
  LogStatistics statistics(Instant now, int top) {
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
              totals.retained() == 0 ? -1 : firstRetainedOffset(),
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
