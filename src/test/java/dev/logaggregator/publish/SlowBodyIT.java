package dev.logaggregator.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import dev.logaggregator.intake.Log;
import dev.logaggregator.store.EventStore;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Bodies that come slowly, with two seconds' patience. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class SlowBodyIT {

  private static final String CHUNKED = "Transfer-Encoding: chunked";

  private static RunningAggregator aggregator;

  @BeforeAll
  static void start() {
    aggregator = RunningAggregator.start("aggregator.publish.body-timeout=2s");
  }

  @AfterAll
  static void stop() {
    aggregator.close();
  }

  private static RawUpload upload(String target, String... headers) throws IOException {
    return RawUpload.open(aggregator, "POST " + target, headers);
  }

  private static void assertTooSlow(RawUpload.Answer answer, CapturedOutput log) {
    assertThat(answer.status()).isEqualTo(408);
    assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
    assertThat(answer.json().path("title").stringValue()).isEqualTo("Body too slow");
    assertThat(log).doesNotContain("ERROR", "WARN", "Exception");
  }

  @Test
  void endWithoutASingleByte(CapturedOutput log) throws IOException {
    try (RawUpload upload = upload("/publish", "Content-Length: 100")) {
      assertTooSlow(upload.answer(), log);
    }
    try (RawUpload upload = upload("/publish/slow.none?split=lines", CHUNKED)) {
      assertTooSlow(upload.answer(), log);
    }
  }

  @Test
  void endWhenNothingMoreComes(CapturedOutput log) throws IOException {
    try (RawUpload upload = upload("/publish", "Content-Length: 100")) {
      upload.send("{\"topic\":");
      assertTooSlow(upload.answer(), log);
    }
  }

  @Test
  void sayHowFarTheyGot(CapturedOutput log) throws IOException {
    try (RawUpload upload = upload("/publish/slow.far?split=lines", CHUNKED)) {
      upload.chunk("a\nb\nc");
      RawUpload.Answer answer = upload.answer();
      assertTooSlow(answer, log);
      assertThat(answer.json().path("accepted").intValue()).isEqualTo(2);
      assertThat(answer.json().path("lastOffset").isIntegralNumber()).isTrue();
    }
    assertThat(Log.payloads(aggregator.bean(EventStore.class), "slow.far"))
        .containsExactly("\"a\"", "\"b\"");
  }

  @Test
  void endWhenALineNeverDoes(CapturedOutput log) throws IOException {
    try (RawUpload upload = upload("/publish/slow.line?split=lines", CHUNKED);
        ScheduledExecutorService sender = every(Duration.ofMillis(100), () -> upload.chunk("x"))) {
      assertTooSlow(upload.answer(), log);
      sender.shutdownNow();
    }
  }

  @Test
  void endWhenAnEventNeverDoes(CapturedOutput log) throws IOException {
    try (RawUpload upload = upload("/publish", "Content-Length: 100000");
        ScheduledExecutorService sender = every(Duration.ofMillis(100), () -> upload.send(" "))) {
      assertTooSlow(upload.answer(), log);
      sender.shutdownNow();
    }
  }

  @Test
  void endWhenACompressedHeaderNeverDoes(CapturedOutput log) throws IOException {
    try (RawUpload upload =
        upload("/publish/slow.gzip?split=lines", CHUNKED, "Content-Encoding: gzip")) {
      upload.chunk(new byte[] {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0});
      try (ScheduledExecutorService sender =
          every(Duration.ofMillis(100), () -> upload.chunk("x"))) {
        assertTooSlow(upload.answer(), log);
        sender.shutdownNow();
      }
    }
  }

  @Test
  void goOnForEverAsLongAsLinesEnd(CapturedOutput log) throws IOException {
    EventStore store = aggregator.bean(EventStore.class);
    try (RawUpload upload = upload("/publish/slow.tail?split=lines", CHUNKED)) {
      try (ScheduledExecutorService sender =
          every(Duration.ofMillis(200), () -> upload.chunk("\"line\"\n"))) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> Log.events(store, "slow.tail").size() > 20);
        sender.shutdownNow();
      }
      upload.end();
      RawUpload.Answer answer = upload.answer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().path("accepted").intValue())
          .isEqualTo(Log.events(store, "slow.tail").size());
    }
    assertThat(log).doesNotContain("ERROR", "WARN", "Exception");
  }

  /** Sends until it is told to stop, or can't. */
  private static ScheduledExecutorService every(Duration period, Sending sending) {
    ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    executor.scheduleAtFixedRate(
        () -> {
          try {
            sending.send();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        },
        0,
        period.toMillis(),
        TimeUnit.MILLISECONDS);
    return executor;
  }

  private interface Sending {
    void send() throws IOException;
  }
}
