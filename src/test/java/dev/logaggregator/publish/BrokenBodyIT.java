package dev.logaggregator.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import dev.logaggregator.intake.ContentEncodingTest;
import dev.logaggregator.intake.Log;
import dev.logaggregator.store.EventStore;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Bodies that are not framed as their headers say, or that break off. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class BrokenBodyIT {

  private static final String CHUNKED = "Transfer-Encoding: chunked";
  private static final String ENVELOPE = "{\"topic\":\"broken\"}";

  private final RunningAggregator aggregator = RunningAggregator.shared();
  private final EventStore store = aggregator.bean(EventStore.class);
  private CapturedOutput log;

  @BeforeEach
  void capture(CapturedOutput output) {
    log = output;
  }

  @AfterEach
  void leavesNoTraceInTheLog() {
    assertThat(log).doesNotContain("ERROR", "WARN", "Exception");
  }

  private static RawUpload.Answer assertBad(RawUpload upload) throws IOException {
    RawUpload.Answer answer = upload.answer();
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
    assertThat(answer.json().path("detail").stringValue()).isNotBlank();
    return answer;
  }

  @Test
  void thatIsShorterThanItsLength() throws IOException {
    long before = store.watermark();
    try (RawUpload upload =
        RawUpload.open(aggregator, "POST /publish", "Content-Length: " + (ENVELOPE.length() + 1))) {
      upload.send(ENVELOPE);
      upload.shutdownOutput();
      assertThat(assertBad(upload).json().path("detail").stringValue()).contains("Content-Length");
    }
    assertThat(store.watermark()).isEqualTo(before);
  }

  @Test
  void thatIsLongerThanItsLength() throws IOException {
    try (RawUpload upload =
        RawUpload.open(aggregator, "POST /publish", "Content-Length: " + ENVELOPE.length())) {
      upload.send(ENVELOPE + "garbage that is no request\r\n\r\n");
      assertThat(upload.answer().status()).isEqualTo(200);
      assertBad(upload);
      assertThat(upload.isClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\r\n{}\r\n0\r\n\r\n",
        "5\r\n{}",
        "2\r\n{}xx\r\n0\r\n\r\n",
        "-1\r\n",
        "ffffffffff\r\n",
        "\r\n\r\n"
      })
  void thatIsMadeOfMalformedChunks(String chunks) throws IOException {
    try (RawUpload upload = RawUpload.open(aggregator, "POST /publish/broken", CHUNKED)) {
      upload.send(chunks);
      upload.shutdownOutput();
      assertBad(upload);
    }
  }

  @Test
  void thatEndsWithoutALastChunkSaysHowFarItGot() throws IOException {
    try (RawUpload upload =
        RawUpload.open(aggregator, "POST /publish/broken.lines?split=lines", CHUNKED)) {
      upload.chunk("a\nb\nc");
      upload.shutdownOutput();
      assertThat(assertBad(upload).json().path("accepted").intValue()).isEqualTo(2);
    }
    assertThat(Log.payloads(store, "broken.lines")).containsExactly("\"a\"", "\"b\"");
  }

  @Test
  void thatIsOfCutGzipSaysHowFarItGot() throws IOException {
    byte[] gzip = ContentEncodingTest.Compression.GZIP.of("a\nb\nc\n".getBytes());
    try (RawUpload upload =
        RawUpload.open(
            aggregator,
            "POST /publish/broken.gzip?split=lines",
            CHUNKED,
            "Content-Encoding: gzip")) {
      upload.chunk(java.util.Arrays.copyOf(gzip, gzip.length - 1));
      upload.end();
      RawUpload.Answer answer = assertBad(upload);
      assertThat(answer.json().path("accepted").intValue()).isEqualTo(3);
      assertThat(answer.json().path("detail").stringValue()).contains("gzip", "cut short");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: -1",
        "Content-Length: x",
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding: gzip, chunked, x",
        "Transfer-Encoding: identity"
      })
  void whoseHeadersContradictThemselves(String headers) throws IOException {
    try (RawUpload upload = RawUpload.open(aggregator, "POST /publish", headers)) {
      upload.send("{}");
      assertBad(upload);
    }
  }

  @Test
  void whoseClientResetsTheConnection() throws IOException {
    long before = store.watermark();
    for (int i = 0; i < 10; i++) {
      try (RawUpload upload = RawUpload.open(aggregator, "POST /publish", "Content-Length: 100")) {
        upload.send(ENVELOPE);
      }
    }
    // Another request's answer shows that the service has gone on.
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> aggregator.get("/stats").statusCode() == 200);
    assertThat(store.watermark()).isEqualTo(before);
  }
}
