package dev.logaggregator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.Topic;
import dev.logaggregator.store.segment.ColumnSegment;
import dev.logaggregator.store.segment.DamagedSegments;
import dev.logaggregator.store.segment.OpenSegment;
import dev.logaggregator.store.segment.PackedSegment;
import dev.logaggregator.store.segment.RawSegment;
import dev.logaggregator.store.segment.SealedSegment;
import dev.logaggregator.store.segment.Sealer;
import dev.logaggregator.store.segment.Segment;
import dev.logaggregator.worker.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SealingQueueTest {

  private static final int SMALL = 1_000;
  private static final int LARGE = 100_000;

  private final Workers workers = new Workers();
  private final List<Segment> sealed = Collections.synchronizedList(new ArrayList<>());
  private final AtomicBoolean held = new AtomicBoolean(true);
  private final List<SealedSegment> inLog = Collections.synchronizedList(new ArrayList<>());
  private final List<SealingQueue> queues = new ArrayList<>();

  /** With room for what is being sealed and nothing else. */
  private SealingQueue queue(Supplier<Sealer> sealers) {
    return queue(sealers, 0);
  }

  private SealingQueue queue(Supplier<Sealer> sealers, long maxWaitingBytes) {
    SealingQueue queue =
        new SealingQueue(
            new SealingQueue.Log(segment -> held.get(), this::oldestPacked, this::replace),
            workers,
            sealers,
            new ColumnPace(System::nanoTime),
            maxWaitingBytes);
    queues.add(queue);
    return queue;
  }

  private @Nullable SealedSegment oldestPacked(Predicate<Segment> wanted) {
    return List.copyOf(inLog).stream()
        .filter(PackedSegment.class::isInstance)
        .filter(wanted)
        .findFirst()
        .orElse(null);
  }

  private void replace(Segment segment, SealedSegment form) {
    sealed.add(segment);
    inLog.remove(segment);
    inLog.add(form);
  }

  @AfterEach
  void close() {
    queues.forEach(SealingQueue::close);
    workers.close();
  }

  private static RawSegment segment() {
    EventBatch batch = Events.batch("a", "1", "2", "3");
    OpenSegment open = new OpenSegment(0, 1 << 20, 3, 1 << 10);
    TopicLog topic = new TopicLog(new Topic("a"), 0, 0, null, new TopicCounters());
    for (int i = 0; i < batch.size(); i++) {
      open.append(batch, i, i, topic, 0);
    }
    return open.snapshot();
  }

  /** The events aren't where it says. */
  private static RawSegment damaged() {
    RawSegment whole = segment();
    return new RawSegment(0, 2, whole.topics(), new byte[0][], whole.starts(), 3, 0);
  }

  private static PackedSegment packed() {
    try (Sealer sealer = new Sealer()) {
      return sealer.seal(segment());
    }
  }

  @Test
  void refusesPublishersWhileTheSealerFailsAndTakesThemAgainWhenItSucceeds() {
    AtomicBoolean broken = new AtomicBoolean(true);
    SealingQueue queue =
        queue(
            () -> {
              if (broken.get()) {
                throw new IllegalStateException("no library");
              }
              return new Sealer();
            });
    queue.awaitRoom(SMALL);
    RawSegment segment = segment();
    queue.add(segment);
    await().until(queue::isStuck);

    assertThatThrownBy(() -> queue.awaitRoom(SMALL))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("can't be compressed");

    broken.set(false);
    await()
        .untilAsserted(
            () -> assertThatCode(() -> queue.awaitRoom(SMALL)).doesNotThrowAnyException());
    await().untilAsserted(() -> assertThat(sealed).first().isEqualTo(segment));
    assertThat(queue.isStuck()).isFalse();
  }

  @Test
  void leavesTheLastPartOfItsRoomToSmallBatches() throws Exception {
    CountDownLatch begin = new CountDownLatch(1);
    RawSegment segment = segment();
    SealingQueue queue =
        queue(
            () -> {
              awaitOpen(begin);
              return new Sealer();
            },
            segment.sizeBytes());
    queue.add(segment);

    queue.awaitRoom(SMALL);
    Thread large = Thread.ofPlatform().start(() -> queue.awaitRoom(LARGE));
    await().until(() -> large.getState() == Thread.State.TIMED_WAITING);

    begin.countDown();
    assertThat(large.join(Duration.ofSeconds(30))).isTrue();
    queue.awaitRoom(LARGE);
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void givesUpASegmentThatCantBeSealedAndGoesOnWithTheNext() {
    SealingQueue queue = queue(Sealer::new);
    RawSegment damaged = damaged();
    RawSegment next = segment();
    queue.add(damaged);
    queue.add(next);

    await().until(() -> sealed.contains(next));
    assertThat(sealed).doesNotContain(damaged);
    assertThat(queue.unsealable()).isEqualTo(1);
    await().untilAsserted(() -> queue.awaitRoom(SMALL));
    held.set(false);
    assertThat(queue.unsealable()).isZero();
  }

  @Test
  void sealsNothingThatHasBeenDroppedMeanwhile() {
    held.set(false);
    SealingQueue queue = queue(Sealer::new);
    queue.add(segment());

    await().untilAsserted(() -> queue.awaitRoom(SMALL));
    assertThat(sealed).isEmpty();
  }

  @Test
  void packsASegmentAnewOnceHoweverOftenItIsOfferedAndTakesNoMoreThanAFew() {
    CountDownLatch begin = new CountDownLatch(1);
    SealingQueue queue =
        queue(
            () -> {
              awaitOpen(begin);
              return new Sealer();
            });
    SealedSegment first = packed();
    assertThat(queue.rewrite(first)).isTrue();
    assertThat(queue.rewrite(first)).isTrue();
    int taken = 1;
    while (queue.rewrite(packed())) {
      taken++;
    }
    queue.awaitRoom(SMALL);
    int all = taken;
    begin.countDown();

    await().until(() -> sealed.size() == all);
    assertThat(sealed).doesNotHaveDuplicates();
    await().until(() -> queue.rewrite(first));
  }

  @Test
  void packsWhatIsRawFirstAndWritesItInColumnsThen() {
    SealingQueue queue = queue(Sealer::new);
    PackedSegment older = packed();
    inLog.add(older);
    RawSegment first = segment();
    RawSegment second = segment();
    queue.add(first);
    queue.add(second);

    await().until(() -> sealed.size() == 5);
    assertThat(sealed).contains(older, first, second);
    assertThat(inLog).hasSize(3).hasOnlyElementsOfType(ColumnSegment.class);
  }

  @Test
  void leavesASegmentPackedThatCantBeWrittenInColumnsAndGoesOnSealing() {
    PackedSegment damaged = DamagedSegments.packed(segment());
    inLog.add(damaged);
    SealingQueue queue = queue(Sealer::new);
    RawSegment next = segment();
    queue.add(next);

    await().until(() -> inLog.stream().anyMatch(ColumnSegment.class::isInstance));
    assertThat(inLog).contains(damaged).hasSize(2);
    assertThat(queue.unsealable()).isZero();
    assertThat(queue.rewrite(damaged)).isTrue();
    assertThat(queue.isStuck()).isFalse();
  }
}
