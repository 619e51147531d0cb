package dev.logaggregator.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import dev.logaggregator.RunningAggregator;
import dev.logaggregator.intake.Log;
import dev.logaggregator.store.EventStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Each line is visible while the request that sends it goes on. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class StreamedPublishIT {

  private static final String CHUNKED = "Transfer-Encoding: chunked";
  private static final String NDJSON = "Content-Type: application/x-ndjson";
  private static final int LINES = 5;

  private final RunningAggregator aggregator = RunningAggregator.shared();

  private void awaitEvents(String topic, int count) {
    EventStore store = aggregator.bean(EventStore.class);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> Log.events(store, topic).size() == count);
  }

  private static void assertAccepted(RawUpload upload) throws IOException {
    RawUpload.Answer answer = upload.answer();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("accepted").intValue()).isEqualTo(LINES);
  }

  private static String envelope(String topic, int number) {
    return "{\"topic\":\"%s\",\"n\":%d}\n".formatted(topic, number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT"})
  void whenItIsChunked(String method) throws IOException {
    String topic = "streamed.chunked." + method;
    try (RawUpload upload = RawUpload.open(aggregator, method + " /publish", CHUNKED, NDJSON)) {
      for (int i = 1; i <= LINES; i++) {
        upload.chunk(envelope(topic, i));
        awaitEvents(topic, i);
      }
      upload.end();
      assertAccepted(upload);
    }
  }

  @Test
  void whenItsLengthIsKnown() throws IOException {
    String topic = "streamed.length";
    int length = envelope(topic, 1).length() * LINES;
    try (RawUpload upload =
        RawUpload.open(aggregator, "POST /publish", "Content-Length: " + length, NDJSON)) {
      for (int i = 1; i <= LINES; i++) {
        upload.send(envelope(topic, i));
        awaitEvents(topic, i);
      }
      assertAccepted(upload);
    }
  }

  @Test
  void whenItIsText() throws IOException {
    try (RawUpload upload =
        RawUpload.open(aggregator, "PUT /publish/streamed.text?split=lines", CHUNKED)) {
      for (int i = 1; i <= LINES; i++) {
        upload.chunk("a line\nanother that is not yet com");
        awaitEvents("streamed.text", i * 2 - 1);
        upload.chunk("plete\n");
        awaitEvents("streamed.text", i * 2);
      }
      upload.end();
      assertThat(upload.answer().json().path("accepted").intValue()).isEqualTo(2 * LINES);
    }
  }

  @Test
  void whenItComesAByteAtATime() throws IOException {
    try (RawUpload upload =
        RawUpload.open(aggregator, "PUT /publish/streamed.bytes?split=lines", CHUNKED)) {
      for (int i = 1; i <= LINES; i++) {
        for (char c : "line\n".toCharArray()) {
          upload.send("1\r\n");
          upload.send(String.valueOf(c));
          upload.send("\r\n");
        }
        awaitEvents("streamed.bytes", i);
      }
      upload.end();
      assertAccepted(upload);
    }
  }

  @Test
  void whenItIsGzipThatIsFlushed() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    whenItIsCompressed("gzip", compressed, new GZIPOutputStream(compressed, true));
  }

  @Test
  void whenItIsZstdThatIsFlushed() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    whenItIsCompressed("zstd", compressed, new ZstdOutputStream(compressed));
  }

  private void whenItIsCompressed(
      String encoding, ByteArrayOutputStream compressed, OutputStream compressor)
      throws IOException {
    String topic = "streamed." + encoding;
    try (RawUpload upload =
        RawUpload.open(
            aggregator, "POST /publish", CHUNKED, NDJSON, "Content-Encoding: " + encoding)) {
      for (int i = 1; i <= LINES; i++) {
        compressor.write(envelope(topic, i).getBytes(StandardCharsets.US_ASCII));
        compressor.flush();
        upload.chunk(compressed.toByteArray());
        compressed.reset();
        awaitEvents(topic, i);
      }
      compressor.close();
      upload.chunk(compressed.toByteArray());
      upload.end();
      assertAccepted(upload);
    }
  }

  @Test
  void leavesWhatWasCompleteWhenTheClientVanishes(CapturedOutput log) throws IOException {
    try (RawUpload upload =
        RawUpload.open(aggregator, "PUT /publish/streamed.gone?split=lines", CHUNKED)) {
      upload.chunk("one\ntwo\nthr");
      awaitEvents("streamed.gone", 2);
      upload.chunk("ee\nfour\nfi");
    }
    awaitEvents("streamed.gone", 4);
    assertThat(aggregator.get("/events?topic=streamed.gone").statusCode()).isEqualTo(200);
    assertThat(log).doesNotContain("ERROR", "WARN", "Exception");
  }

  @Test
  void keepsRejectedLinesAmongThem() throws IOException {
    try (RawUpload upload = RawUpload.open(aggregator, "POST /publish", CHUNKED, NDJSON)) {
      upload.chunk("first\n" + envelope("streamed.mixed", 1));
      awaitEvents("streamed.mixed", 1);
      upload.chunk("streamed-second\n");
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  Log.payloads(aggregator.bean(EventStore.class), "_rejected").stream()
                      .anyMatch(payload -> payload.contains("streamed-second")));
      upload.end();
      RawUpload.Answer answer = upload.answer();
      assertThat(answer.status()).isEqualTo(207);
      assertThat(answer.json().path("rejected").intValue()).isEqualTo(2);
      assertThat(answer.json().path("errors").path(1).path("line").intValue()).isEqualTo(3);
    }
  }
}
