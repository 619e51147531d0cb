package dev.logaggregator.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Pauses pass in no time, each on the clock of the test. */
@Timeout(30)
@ExtendWith(OutputCaptureExtension.class)
class WorkersTest {

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final AtomicLong now = new AtomicLong();
  private final List<Long> pausesMillis = new ArrayList<>();
  private final Workers workers = new Workers(now::get, this::passAtOnce);

  private boolean passAtOnce(CountDownLatch end, long nanos) {
    pausesMillis.add(TimeUnit.NANOSECONDS.toMillis(nanos));
    now.addAndGet(nanos);
    return end.getCount() == 0;
  }

  @AfterEach
  void end() {
    workers.close();
  }

  private Worker start(Worker.Loop loop) {
    return workers.start("worker", Thread.ofVirtual().name("worker-1"), loop);
  }

  private static void awaitEnd(Worker worker) throws InterruptedException {
    assertThat(worker.thread().join(Duration.ofSeconds(20))).isTrue();
  }

  /** Fails so many times, then returns. */
  private Worker failing(int times) throws InterruptedException {
    AtomicInteger calls = new AtomicInteger();
    Worker worker =
        start(
            () -> {
              if (calls.incrementAndGet() <= times) {
                throw new IllegalStateException("attempt " + calls);
              }
            });
    awaitEnd(worker);
    return worker;
  }

  @Test
  void aLoopThatReturnsHasEnded() throws Exception {
    Worker worker = failing(0);

    assertThat(workers.all()).isEmpty();
    assertThat(worker.restarts()).isZero();
    assertThat(worker.isFailing()).isFalse();
    assertThat(worker.lastFailure()).isNull();
    assertThat(pausesMillis).isEmpty();
  }

  @Test
  void aLoopThatThrowsIsBegunAgainAfterPausesThatGrowToHalfAMinute() throws Exception {
    Worker worker = failing(12);

    assertThat(pausesMillis)
        .containsExactly(
            100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 12_800L, 25_600L, 30_000L, 30_000L,
            30_000L);
    assertThat(worker.restarts()).isEqualTo(12);
    assertThat(worker.lastFailure()).hasMessage("attempt 12");
  }

  @Test
  void errorsAndCheckedExceptionsAreFailuresToo() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Worker worker =
        start(
            () -> {
              switch (calls.incrementAndGet()) {
                case 1 -> throw new StackOverflowError();
                case 2 -> throw new java.io.IOException("disk");
                case 3 -> throw new InterruptedException();
                default -> {}
              }
            });
    awaitEnd(worker);

    assertThat(calls).hasValue(4);
  }

  @Test
  void whoRanForAMinuteHasRecovered() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Worker worker =
        start(
            () -> {
              int call = calls.incrementAndGet();
              if (call == 4) {
                now.addAndGet(MINUTE);
              }
              if (call <= 5) {
                throw new IllegalStateException();
              }
            });
    awaitEnd(worker);

    assertThat(pausesMillis).containsExactly(100L, 200L, 400L, 100L, 200L);
  }

  @Test
  void countsAsFailingForAMinute() throws Exception {
    Worker worker = failing(1);

    assertThat(worker.isFailing()).isTrue();
    now.addAndGet(MINUTE);
    assertThat(worker.isFailing()).isFalse();
  }

  @Test
  void aFailureIsLoggedWithItsCauseAndThenOnceAMinute(CapturedOutput output) throws Exception {
    failing(20);

    List<String> lines =
        output.toString().lines().filter(line -> line.contains("worker-1 failed")).toList();
    // Nine pauses take less than a minute, the next eleven 30 s each.
    assertThat(lines).hasSize(6).allMatch(line -> line.contains("ERROR"));
    assertThat(lines.getFirst()).contains("for the 1. time");
    assertThat(output).contains("IllegalStateException: attempt 1");
  }

  @Test
  void restartsAreCountedForANameBeyondTheEndOfTheWorker() throws Exception {
    failing(2);
    failing(3);

    assertThat(workers.restarts("worker")).isEqualTo(5);
    assertThat(workers.restarts("nobody")).isZero();
  }

  @Test
  void eachNameIsToldOnceWheneverItComes() throws Exception {
    List<String> names = new ArrayList<>();
    failing(0);
    workers.observeNames(names::add);
    failing(0);
    workers.start("other", Thread.ofPlatform(), () -> {});

    assertThat(names).containsExactly("worker", "other");
  }

  @Test
  void whoIsToldToEndIsUnparkedAndNotBegunAgain() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    CompletableFuture<Worker> self = new CompletableFuture<>();
    Worker worker =
        start(
            () -> {
              calls.incrementAndGet();
              while (!self.join().isEnding()) {
                LockSupport.park(this);
              }
              throw new IllegalStateException("closed under its hands");
            });
    self.complete(worker);
    await().until(() -> worker.thread().getState() == Thread.State.WAITING);
    assertThat(workers.all()).containsExactly(worker);
    worker.end();
    awaitEnd(worker);

    assertThat(calls).hasValue(1);
    assertThat(worker.lastFailure()).isNull();
  }

  @Test
  void anEndIsNotHeldUpByAPause() throws Exception {
    Semaphore failed = new Semaphore(0);
    try (Workers real = new Workers()) {
      List<Worker> pausing = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        pausing.add(
            real.start(
                "worker",
                Thread.ofVirtual(),
                () -> {
                  failed.release();
                  throw new IllegalStateException();
                }));
      }
      // The pause after the fifth failure takes more than a second.
      failed.acquire(10);
      real.close();
      for (Worker worker : pausing) {
        awaitEnd(worker);
      }

      assertThat(real.all()).isEmpty();
    }
  }
}
