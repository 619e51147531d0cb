package dev.logaggregator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.logaggregator.worker.Workers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScannersTest {

  private final AtomicLong now = new AtomicLong();
  private final List<String> turns = new CopyOnWriteArrayList<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** One thread, so that turns have an order. */
  private final Scanners scanners = new Scanners(new Workers(), now::get, 1);

  @AfterEach
  void close() {
    scanners.close();
  }

  /** Takes so much time each turn, and so many turns. */
  private Scanners.Task task(String name, long nanos, int count) {
    return task(name, nanos, count, () -> {});
  }

  private Scanners.Task task(String name, long nanos, int count, Runnable inFirstTurn) {
    return new Scanners.Task() {

      private int turn;

      @Override
      public boolean run(Slice slice) {
        if (turn++ == 0) {
          inFirstTurn.run();
        }
        turns.add(name);
        now.addAndGet(nanos);
        return turn == count;
      }

      @Override
      public void failed(Throwable thrown) {
        failure.set(thrown);
      }
    };
  }

  @Test
  void aNewcomerPassesWhoHasHadMore() {
    Scanners.Lane scan = scanners.open("client");
    Scanners.Lane page = scanners.open("client");

    scan.submit(task("scan", 10, 4, () -> page.submit(task("page", 1, 1))));

    await().until(() -> turns.size() == 5);
    assertThat(turns).containsExactly("scan", "page", "scan", "scan", "scan");
  }

  @Test
  void whoTakesLongerComesLessOften() {
    Scanners.Lane dear = scanners.open("client");
    Scanners.Lane cheap = scanners.open("client");

    dear.submit(task("dear", 30, 2, () -> cheap.submit(task("cheap", 10, 6))));

    await().until(() -> turns.size() == 8);
    assertThat(turns.subList(0, 5)).containsExactly("dear", "cheap", "cheap", "cheap", "dear");
  }

  /** Who comes back has no credit for the time when it wanted nothing. */
  @Test
  void nobodySavesUpTurns() {
    Scanners.Lane scan = scanners.open("client");
    Scanners.Lane saver = scanners.open("client");
    saver.submit(task("saver", 0, 1));
    await().until(() -> turns.size() == 1);
    scan.submit(task("scan", 100, 3));
    await().until(() -> turns.size() == 4);

    scan.submit(task("scan", 100, 2, () -> saver.submit(task("saver", 100, 3))));

    await().until(() -> turns.size() == 9);
    assertThat(turns.subList(4, 8)).containsExactly("scan", "saver", "scan", "saver");
  }

  @Test
  void whoComesWithManyHasNoMoreThanWhoComesWithOne() {
    List<Scanners.Lane> greedy =
        IntStream.range(0, 3).mapToObj(i -> scanners.open("greedy")).toList();
    Scanners.Lane modest = scanners.open("modest");

    greedy
        .getFirst()
        .submit(
            task(
                "greedy",
                10,
                2,
                () -> {
                  greedy.get(1).submit(task("greedy", 10, 2));
                  greedy.get(2).submit(task("greedy", 10, 2));
                  modest.submit(task("modest", 10, 3));
                }));

    await().until(() -> turns.size() == 9);
    assertThat(turns.subList(0, 6))
        .containsExactly("greedy", "modest", "greedy", "modest", "greedy", "modest");
  }

  /** Else whoever sends one request after the other would always be a newcomer, and first. */
  @Test
  void whoComesWithOneAfterTheOtherHasToWaitForItsTurnAsWell() {
    Scanners.Lane stays = scanners.open("restless");
    Scanners.Lane scan = scanners.open("scan");

    stays.submit(
        task(
            "restless",
            10,
            1,
            () -> {
              scan.submit(task("scan", 30, 2));
              scanners.open("restless").submit(task("restless", 10, 1));
              scanners.open("restless").submit(task("restless", 10, 1));
              scanners.open("restless").submit(task("restless", 10, 1));
            }));

    await().until(() -> turns.size() == 6);
    assertThat(turns)
        .containsExactly("restless", "scan", "restless", "restless", "restless", "scan");
  }

  @Test
  void whoWaitsIsToldWhenTheLogIsClosed() {
    Scanners.Lane lane = scanners.open("client");
    lane.submit(task("a", 1, 2, scanners::close));

    await().until(() -> failure.get() != null);
    assertThat(turns).containsExactly("a");
    assertThat(failure.get()).isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void tasksOfOneLaneTakeTurns() {
    Scanners.Lane lane = scanners.open("client");

    lane.submit(task("a", 1, 2, () -> lane.submit(task("b", 1, 2))));

    await().until(() -> turns.size() == 4);
    assertThat(turns).containsExactly("a", "b", "a", "b");
  }

  @Test
  void nothingOfALaneRunsAfterItWasClosed() throws InterruptedException {
    Scanners.Lane lane = scanners.open("client");
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    lane.submit(
        task(
            "a",
            1,
            3,
            () -> {
              running.countDown();
              try {
                goOn.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }));
    running.await();
    Thread closing = Thread.ofVirtual().start(lane::close);
    await().until(() -> closing.getState() == Thread.State.WAITING);

    goOn.countDown();
    closing.join();

    assertThat(turns).containsExactly("a");
    assertThatThrownBy(() -> lane.submit(task("b", 1, 1)))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void whoWaitsIsToldOfAFailureAndOthersGoOn() {
    Scanners.Lane failing = scanners.open("client");
    Scanners.Lane other = scanners.open("client");

    failing.submit(
        task(
            "failing",
            1,
            2,
            () -> {
              throw new IllegalStateException("for a test");
            }));
    other.submit(task("other", 1, 1));

    await().until(() -> turns.size() == 1);
    assertThat(turns).containsExactly("other");
    assertThat(failure.get()).hasMessage("for a test");
  }
}
