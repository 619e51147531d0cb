package dev.logaggregator.worker;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A slice is over when the test's clock says so; there is one processor. */
@Timeout(30)
class CarrierTurnsTest {

  /** So many run at a time on one processor. */
  private static final int AT_ONCE = 2;

  /** So many at most, however long some of them have been running. */
  private static final int AT_MOST = CarrierTurns.CARRIERS_PER_PROCESSOR - 1;

  private final AtomicLong now = new AtomicLong();
  private final Workers workers = new Workers();
  private final CarrierTurns turns = new CarrierTurns(workers, now::get, 1);
  private final Queue<String> done = new ConcurrentLinkedQueue<>();
  private final List<AtomicBoolean> running = new ArrayList<>();

  @AfterEach
  void end() {
    running.forEach(one -> one.set(false));
    turns.destroy();
    workers.close();
  }

  /** Has something begin that runs until it is told not to. */
  private void begin(String name) {
    AtomicBoolean runs = new AtomicBoolean(true);
    running.add(runs);
    turns.begin(runs, "client", () -> done.add(name), runs::get);
  }

  private void occupy() {
    for (int i = 0; i < AT_ONCE; i++) {
      begin("first");
    }
    begin("waits");
    assertThat(done).containsExactly("first", "first");
  }

  /** A thread that does something, gives way, and is done. */
  private Thread start(long tookNanos) {
    return Thread.ofVirtual()
        .start(
            () ->
                CarrierTurns.call(
                    turns.turn(new Object(), "client"),
                    () -> {
                      now.addAndGet(tookNanos);
                      CarrierTurns.giveWay();
                      return done.add("went on");
                    }));
  }

  private void awaitWaiting(Thread thread) {
    await().until(() -> thread.getState() == Thread.State.WAITING);
  }

  @Test
  void soManyBeginAtOnceAndTheNextWhenOneHasStoppedRunning() {
    occupy();

    running.getFirst().set(false);

    await().until(() -> done.contains("waits"));
  }

  @Test
  void whoRunsForLongIsNotWaitedForButLeavesACarrier() {
    occupy();
    begin("waits, too");

    now.addAndGet(MILLISECONDS.toNanos(50));

    await().until(() -> done.size() == AT_MOST);
    running.getFirst().set(false);
    await().until(() -> done.contains("waits, too"));
  }

  @Test
  void nobodyWaitsForEverHoweverManyRun() {
    occupy();
    for (int i = 0; i < 10; i++) {
      begin("waits, too");
    }

    while (done.size() < AT_ONCE + 11) {
      int before = done.size();
      now.addAndGet(SECONDS.toNanos(1));
      await().until(() -> done.size() > before);
    }
  }

  @Test
  void whoHasHadItsSliceWaitsForItsNextTurn() throws Exception {
    occupy();
    Thread large = start(MILLISECONDS.toNanos(10));
    awaitWaiting(large);
    assertThat(done).doesNotContain("went on");

    running.forEach(one -> one.set(false));

    large.join();
    assertThat(done).containsExactlyInAnyOrder("first", "first", "waits", "went on");
  }

  @Test
  void whoBeganWithoutATurnNeedsOneToGoOn() throws Exception {
    for (int i = 0; i < AT_ONCE; i++) {
      begin("first");
    }
    Thread large = start(MILLISECONDS.toNanos(10));
    awaitWaiting(large);
    assertThat(done).doesNotContain("went on");

    running.getFirst().set(false);

    large.join();
    assertThat(done).contains("went on");
  }

  @Test
  void whoGoesOnIsNoLongerOneOfThoseWhoBegan() throws Exception {
    Object owner = new Object();
    AtomicBoolean begun = new AtomicBoolean(true);
    running.add(begun);
    turns.begin(owner, "client", () -> done.add("begun"), begun::get);
    begin("first");

    Thread.ofVirtual()
        .start(
            () ->
                CarrierTurns.call(
                    turns.turn(owner, "client"),
                    () -> {
                      now.addAndGet(MILLISECONDS.toNanos(10));
                      CarrierTurns.giveWay();
                      return done.add("went on");
                    }))
        .join();

    assertThat(done).containsExactly("begun", "first", "went on");
  }

  @Test
  void whoHasNotHadItsSliceGoesOnAtOnce() throws Exception {
    occupy();

    start(1_000).join();

    assertThat(done).contains("went on").doesNotContain("waits");
  }

  @Test
  void whereNobodyWaitsAllGoOn() throws Exception {
    start(MILLISECONDS.toNanos(10)).join();

    assertThat(done).containsExactly("went on");
  }

  @Test
  void whoIsInterruptedDoesNotWait() throws Exception {
    occupy();
    Thread large = start(MILLISECONDS.toNanos(10));
    awaitWaiting(large);

    large.interrupt();

    large.join();
    assertThat(done).contains("went on").doesNotContain("waits");
  }

  @Test
  void aThreadWithoutATurnIsNotHeldUp() {
    occupy();

    CarrierTurns.giveWay();

    assertThat(done).doesNotContain("waits");
  }

  @Test
  void afterTheEndNobodyWaits() throws Exception {
    occupy();
    turns.destroy();

    await().until(() -> done.contains("waits"));
    begin("begun");
    start(MILLISECONDS.toNanos(10)).join();
    await().until(() -> done.containsAll(List.of("begun", "went on")));
  }
}
