package dev.logaggregator.hostile;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks for liveness on a fresh connection four times a second, as an orchestrator does that would
 * end the process. A question doesn't wait for the answer to the one before.
 */
final class Liveness {

  private static final long PAUSE_NANOS = 250_000_000;
  private static final Request QUESTION =
      Request.get("/actuator/health/liveness").with("Connection: close");

  private final Times times = new Times();
  private final Answers answers = new Answers();
  private final ExecutorService questions = Executors.newCachedThreadPool();
  private final int port;
  private final byte[] address;
  private final Thread asking;
  private volatile boolean ended;

  Liveness(int port, byte[] address) {
    this.port = port;
    this.address = address;
    this.asking = Thread.ofPlatform().daemon().name("liveness").start(this::ask);
  }

  private void ask() {
    while (!ended) {
      questions.execute(this::question);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void question() {
    long start = System.nanoTime();
    try (Connection connection = new Connection(port, address)) {
      answers.add(connection.send(QUESTION).status());
    } catch (IOException broken) {
      answers.add(Answers.NONE);
    }
    times.add(System.nanoTime() - start);
  }

  /** How long the answers took, connecting included. */
  Times times() {
    return times;
  }

  /** 200 is what they should be. */
  Answers answers() {
    return answers;
  }

  /** Waits for the answers that are still due, but not for ever. */
  void end(Duration patience) throws InterruptedException {
    ended = true;
    asking.join();
    questions.shutdown();
    questions.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    questions.shutdownNow();
  }
}
