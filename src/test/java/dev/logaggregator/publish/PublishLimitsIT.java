package dev.logaggregator.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import dev.logaggregator.intake.ContentEncodingTest;
import dev.logaggregator.store.EventStore;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What is larger or deeper than allowed, or too much at once, with low limits. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PublishLimitsIT {

  private static final int MAX_REQUEST = 1 << 20;
  private static final int MAX_EVENT = 10_000;
  private static final String NDJSON = "application/x-ndjson";

  private static RunningAggregator aggregator;

  private CapturedOutput log;

  @BeforeAll
  static void start() {
    aggregator =
        RunningAggregator.start(
            "aggregator.publish.max-request=" + MAX_REQUEST + "B",
            "aggregator.publish.max-event=" + MAX_EVENT + "B",
            "aggregator.publish.max-depth=4",
            "aggregator.topics.max=6");
  }

  @AfterAll
  static void stop() {
    aggregator.close();
  }

  @BeforeEach
  void capture(CapturedOutput output) {
    log = output;
  }

  @AfterEach
  void leavesNoTraceInTheLog() {
    assertThat(log).doesNotContain("ERROR", "WARN", "Exception");
  }

  private static void assertProblem(HttpResponse<String> response, int status, String named) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(RunningAggregator.json(response).path("detail").stringValue()).contains(named);
  }

  @Test
  void aRequestIsRefusedForItsLengthBeforeItIsRead() throws IOException {
    try (RawUpload upload =
        RawUpload.open(aggregator, "POST /publish", "Content-Length: " + (MAX_REQUEST + 1))) {
      RawUpload.Answer answer = upload.answer();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.json().path("detail").stringValue())
          .contains("" + MAX_REQUEST, "aggregator.publish.max-request");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/publish", "/publish/limits", "/publish/limits?split=lines"})
  void aClientThatSendsTooMuchGetsToReadWhy(String path) {
    byte[] body = new byte[MAX_REQUEST * 3];
    Arrays.fill(body, (byte) ' ');
    assertProblem(aggregator.post(path, "application/x-www-form-urlencoded", body), 413, "bytes");
  }

  @Test
  void aRequestOfUnknownLengthIsStoredUpToItsLimit() throws IOException {
    String lines = "12345678\n".repeat(10_000);
    try (RawUpload upload =
        RawUpload.open(
            aggregator, "PUT /publish/limits.lines?split=lines", "Transfer-Encoding: chunked")) {
      for (int i = 0; i < 12; i++) {
        upload.chunk(lines);
      }
      upload.end();
      RawUpload.Answer answer = upload.answer();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.json().path("accepted").intValue()).isEqualTo(MAX_REQUEST / 9);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBombIsMeasuredByWhatItBecomes(ContentEncodingTest.Compression compression) {
    byte[] zeros = new byte[64 << 20];
    Arrays.fill(zeros, (byte) '\n');
    byte[] bomb = compression.of(zeros);
    String encoding = compression.encoding();
    assertProblem(
        aggregator.post("/publish", "application/json", bomb, "Content-Encoding", encoding),
        413,
        "max-request");
    assertProblem(
        aggregator.post("/publish", NDJSON, bomb, "Content-Encoding", encoding),
        413,
        "max-request");
    assertProblem(
        aggregator.post("/publish/limits", "text/plain", bomb, "Content-Encoding", encoding),
        413,
        "max-event");
  }

  @Test
  void anEventMayBeAsLargeAsAllowedAndNoLarger() {
    String largest = "x".repeat(MAX_EVENT);
    assertThat(aggregator.post("/publish/limits", "text/plain", largest).statusCode())
        .isEqualTo(200);
    assertProblem(
        aggregator.post("/publish/limits", "text/plain", largest + "x"), 413, "" + MAX_EVENT);
    assertProblem(
        aggregator.post(
            "/publish", "application/json", "{\"topic\":\"limits\",\"m\":\"" + largest + "\"}"),
        413,
        "max-event");
    HttpResponse<String> lines =
        aggregator.put(
            "/publish/limits?split=lines", "text/plain", largest + "\n" + largest + "x\nz");
    assertThat(lines.statusCode()).isEqualTo(207);
    assertThat(RunningAggregator.json(lines).path("errors").path(0).path("line").intValue())
        .isEqualTo(2);
  }

  @Test
  void aPayloadMayBeAsDeepAsAllowedAndNoDeeper() {
    assertThat(aggregator.post("/publish/limits", "application/json", "[[[[1]]]]").statusCode())
        .isEqualTo(200);
    assertProblem(
        aggregator.post("/publish/limits", "application/json", "[[[[[1]]]]]"),
        400,
        "deeper than 4");
    assertProblem(
        aggregator.post(
            "/publish", "application/json", "{\"topic\":\"limits\",\"payload\":[[[[[]]]]]}"),
        400,
        "deeper than 4");
    assertProblem(
        aggregator.post("/publish/limits", "application/json", "[".repeat(9_999)),
        400,
        "deeper than 4");
  }

  /** Last: afterwards there is no room for another. */
  @Test
  @Order(Integer.MAX_VALUE)
  void aTopicTooManyIsRefused() {
    long before = aggregator.bean(EventStore.class).watermark();
    String topics = "{\"topic\":\"t1\"}\n{\"topic\":\"t2\"}\n{\"topic\":\"t3\"}\n";
    HttpResponse<String> refused =
        aggregator.post(
            "/publish", NDJSON, topics + topics.replace('t', 'u').replace("uopic", "topic"));
    assertProblem(refused, 429, "topics");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(aggregator.bean(EventStore.class).watermark()).isEqualTo(before);
    assertThat(aggregator.post("/publish", NDJSON, topics.getBytes(UTF_8)).statusCode())
        .isEqualTo(200);
  }
}
