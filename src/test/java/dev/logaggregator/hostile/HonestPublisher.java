package dev.logaggregator.hostile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Publishes a thousand events a second in requests of ten over kept-alive connections, comes again
 * when it is refused, and keeps a ledger of what was acknowledged. Times are counted from when a
 * request was due until it was acknowledged, so that a stall shows in all that waited for it.
 */
final class HonestPublisher {

  private static final int CONNECTIONS = 4;
  private static final int EVENTS = 10;
  private static final long PAUSE_NANOS = 40_000_000;
  private static final long AGAIN_NANOS = 100_000_000;

  private final Times times = new Times();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger broken = new AtomicInteger();
  private final Answers answers = new Answers();
  private final Ledger ledger;
  private final int port;
  private final byte[] address;
  private final List<Thread> threads;
  private volatile boolean ending;
  private volatile boolean givingUp;

  /**
   * Starts to publish.
   *
   * @param address where its connections come from
   */
  HonestPublisher(int port, byte[] address, Ledger ledger) {
    this.port = port;
    this.address = address;
    this.ledger = ledger;
    this.threads =
        IntStream.range(0, CONNECTIONS)
            .mapToObj(
                number -> Thread.ofPlatform().daemon().name("honest").start(() -> publish(number)))
            .toList();
  }

  /** From when a request was due until it was acknowledged. */
  Times times() {
    return times;
  }

  /** How many requests were told to come again. */
  int refused() {
    return refused.get();
  }

  /** How many connections broke. */
  int broken() {
    return broken.get();
  }

  Answers answers() {
    return answers;
  }

  /**
   * Ends once what is under way is acknowledged.
   *
   * @param patience for how long it isn't given up
   * @return whether all was acknowledged
   */
  boolean end(Duration patience) throws InterruptedException {
    ending = true;
    boolean all = true;
    long end = System.nanoTime() + patience.toNanos();
    for (Thread thread : threads) {
      all &= thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
    givingUp = true;
    threads.forEach(Thread::interrupt);
    return all;
  }

  private void publish(int number) {
    long due = System.nanoTime() + PAUSE_NANOS * number / CONNECTIONS;
    Connection connection = null;
    for (int sent = 0; !ending; sent++) {
      LockSupport.parkNanos(due - System.nanoTime());
      String first = "%d-%d".formatted(number, sent);
      connection = publish(connection, first);
      times.add(System.nanoTime() - due);
      due += PAUSE_NANOS;
    }
    for (long now = System.nanoTime(); due < now; due += PAUSE_NANOS) {
      times.add(now - due);
    }
    close(connection);
  }

  /** Publishes ten events until they are acknowledged; returns the connection, if there is one. */
  private Connection publish(Connection kept, String name) {
    Connection connection = kept;
    Request request = Request.post("/publish", "application/x-ndjson", ledger.events(name, EVENTS));
    while (!givingUp) {
      try {
        connection = connection == null ? new Connection(port, address) : connection;
        Connection.Answer answer = connection.send(request);
        answers.add(answer.status());
        if (answer.status() == 200) {
          acknowledge(name, answer.json());
          return connection;
        }
        refused.incrementAndGet();
      } catch (IOException closed) {
        broken.incrementAndGet();
        close(connection);
        connection = null;
      }
      LockSupport.parkNanos(AGAIN_NANOS);
    }
    return connection;
  }

  private void acknowledge(String name, JsonNode receipt) {
    int acknowledged = receipt.at("/accepted").asInt() + receipt.at("/duplicates").asInt();
    if (acknowledged != EVENTS) {
      throw new IllegalStateException("not all acknowledged with 200: " + receipt);
    }
    ledger.acknowledge(name, EVENTS, receipt.at("/lastOffset").asLong(Long.MAX_VALUE));
  }

  private static void close(Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (IOException gone) {
        // Which is what was wanted.
      }
    }
  }

  /** A request's body: events of which each has a name of its own. */
  static byte[] lines(String topic, String name, int count) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append("{\"topic\":\"").append(topic).append("\",\"id\":\"").append(name).append('-');
      lines.append(i).append("\",\"level\":\"INFO\",\"source\":\"honest\",\"payload\":{");
      lines.append("\"message\":\"order accepted\",\"status\":200,\"millis\":84}}\n");
    }
    return lines.toString().getBytes(US_ASCII);
  }
}
