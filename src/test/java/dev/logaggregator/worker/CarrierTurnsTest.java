package dev.logaggregator.worker;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A slice is over when the test's clock says so. */
@Timeout(30)
class CarrierTurnsTest {

  private final AtomicLong now = new AtomicLong();
  private final Workers workers = new Workers();
  private final CarrierTurns turns = new CarrierTurns(workers, now::get);

  /** Stands for a carrier that is busy: nothing is handed out until it is opened. */
  private final CountDownLatch busy = new CountDownLatch(1);

  private final Queue<String> done = new ConcurrentLinkedQueue<>();

  @AfterEach
  void end() {
    busy.countDown();
    turns.destroy();
    workers.close();
  }

  private void occupy() throws InterruptedException {
    CountDownLatch occupied = new CountDownLatch(1);
    turns.begin(
        "first",
        () -> {
          occupied.countDown();
          awaitUninterruptibly(busy);
        });
    assertThat(occupied.await(20, SECONDS)).isTrue();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A thread that does something, gives way, and is done. */
  private Thread start(long tookNanos) {
    return Thread.ofVirtual()
        .start(
            () ->
                CarrierTurns.call(
                    turns.turn("client"),
                    () -> {
                      now.addAndGet(tookNanos);
                      CarrierTurns.giveWay();
                      return done.add("went on");
                    }));
  }

  @Test
  void whatBeginsIsHandedOut() throws Exception {
    CountDownLatch begun = new CountDownLatch(100);
    for (int i = 0; i < 100; i++) {
      turns.begin("client", begun::countDown);
    }

    assertThat(begun.await(20, SECONDS)).isTrue();
  }

  @Test
  void whoHasHadItsSliceWaitsForItsNextTurn() throws Exception {
    occupy();
    Thread large = start(MILLISECONDS.toNanos(10));
    while (large.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(done).isEmpty();

    busy.countDown();

    large.join();
    assertThat(done).containsExactly("went on");
  }

  @Test
  void whoHasNotHadItsSliceGoesOnAtOnce() throws Exception {
    occupy();

    start(1_000).join();

    assertThat(done).containsExactly("went on");
  }

  @Test
  void whoIsInterruptedDoesNotWait() throws Exception {
    occupy();
    Thread large = start(MILLISECONDS.toNanos(10));

    large.interrupt();

    large.join();
    assertThat(done).containsExactly("went on");
  }

  @Test
  void aThreadWithoutATurnIsNotHeldUp() throws Exception {
    occupy();

    CarrierTurns.giveWay();
    done.add("went on");

    assertThat(done).containsExactly("went on");
  }

  @Test
  void afterTheEndNobodyWaits() throws Exception {
    turns.destroy();

    turns.begin("client", () -> done.add("begun"));
    start(MILLISECONDS.toNanos(10)).join();

    assertThat(done).containsExactly("begun", "went on");
  }
}
