package dev.logaggregator.hostile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.Random;

/** What is there before an attack. Cases of one world share a process, as long as it lives. */
enum World {
  /** A log with a few events, and a subscription. */
  SMALL {
    @Override
    void prepare(Target target) throws IOException {
      fill(target, 10_000);
    }
  },
  /** A log with some of everything: enough to search that it takes a while, and large events. */
  SOME {
    @Override
    void prepare(Target target) throws IOException {
      fill(target, 400_000);
      hugeEvents(target);
    }
  },
  /** A log that is about full. */
  FULL {
    @Override
    void prepare(Target target) throws IOException {
      fill(target, 2_000_000);
    }
  },
  /** A log with events as large as they may be, of nothing but escapes. */
  HUGE_EVENTS {
    @Override
    void prepare(Target target) throws IOException {
      hugeEvents(target);
    }
  },
  /** Nothing, in a process of one's own. */
  EMPTY {
    @Override
    void prepare(Target target) {}
  };

  /** The topic of most events. */
  static final String LARGE_TOPIC = "load.large";

  private static final int BATCH = 10_000;
  private static final int BATCHES = 20;
  private static final int SMALL_TOPICS = 40;
  private static final int HUGE_EVENTS_COUNT = 4;

  /** Sends what there is. */
  abstract void prepare(Target target) throws IOException;

  /** Whether each case needs a process of its own. */
  boolean isOwn() {
    return this == EMPTY;
  }

  private static void hugeEvents(Target target) throws IOException {
    for (int i = 0; i < HUGE_EVENTS_COUNT; i++) {
      target.require(
          Request.post("/publish/huge", "application/json", Payloads.controlCharacters()));
    }
  }

  private static void fill(Target target, int events) throws IOException {
    try (Connection connection = new Connection(target.port())) {
      for (int sent = 0; sent < events; sent += BATCH) {
        byte[] batch = batch(sent / BATCH % BATCHES);
        Connection.Answer answer =
            connection.send(Request.post("/publish", "application/x-ndjson", batch));
        if (answer.status() != 200) {
          throw new IOException("filling was answered " + answer.status());
        }
      }
    }
  }

  /** Ordinary events, varied, of which most are of one topic. */
  private static byte[] batch(int number) {
    Random random = new Random(number);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < BATCH; i++) {
      boolean large = random.nextInt(10) > 0;
      lines.append("{\"topic\":\"");
      lines.append(large ? LARGE_TOPIC : "load.t" + random.nextInt(SMALL_TOPICS));
      lines.append(
          "\",\"level\":\"INFO\",\"payload\":{\"message\":\"request handled\",\"status\":");
      lines.append(200 + random.nextInt(300));
      lines.append(",\"user\":\"user-").append(random.nextInt(100_000));
      lines.append("\",\"trace\":\"").append(Integer.toHexString(random.nextInt()));
      lines.append("\",\"millis\":").append(random.nextInt(5_000)).append("}}\n");
    }
    return lines.toString().getBytes(US_ASCII);
  }
}
