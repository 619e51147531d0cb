package dev.logaggregator.publish;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import dev.logaggregator.store.EventStore;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * Whatever is sent, the answer is a 4xx that says what is wrong, nothing is stored, and nothing is
 * logged.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class BadInputIT {

  private static final String JSON = "application/json";

  private final RunningAggregator aggregator = RunningAggregator.shared();
  private final EventStore store = aggregator.bean(EventStore.class);
  private long watermark;
  private CapturedOutput log;

  @BeforeEach
  void remember(CapturedOutput output) {
    log = output;
    watermark = store.watermark();
  }

  @AfterEach
  void leavesNoTrace() {
    assertThat(store.watermark()).isEqualTo(watermark);
    assertThat(log).doesNotContain("ERROR", "WARN", "Exception", "\tat ");
  }

  private static void assertProblem(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(RunningAggregator.json(response).path("status").intValue()).isEqualTo(status);
    assertThat(RunningAggregator.json(response).path("title").stringValue()).isNotBlank();
    assertThat(RunningAggregator.json(response).path("detail").stringValue()).isNotBlank();
    assertThat(response.body()).doesNotContain("Exception", "dev.logaggregator", "org.apache");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "{",
        "}",
        "[",
        "]",
        "{}",
        "nul",
        "\"\"",
        "1",
        "[1]",
        "[[]]",
        "{\"topic\":}",
        "{\"topic\":\"a\"",
        "{\"topic\":\"a\",}",
        "{\"topic\":\"a\"}}",
        "{\"topic\":\"a\"}{}",
        "{'topic':'a'}",
        "{topic:\"a\"}",
        "{\"topic\":\"a\",\"x\":01}",
        "{\"topic\":\"a\",\"x\":NaN}",
        "{\"topic\":\"a\",\"x\":\"\t\"}",
        "{\"topic\":\"a\",\"x\":\"\\x\"}",
        "\u0000",
        "{\"topic\":\"a\u0000\"}",
        "{\"topic\":\"a\"}\u0000",
        "\ufeff{\"topic\":\"a\"}",
        "{\"topic\":\"a\",\"topic\":\"a\"}",
        "{\"topic\":\"a\",\"id\":\"\\ud800\"}",
        "{\"topic\":\"..\"}",
        "{\"topic\":\"a\\nb\"}",
        "{\"topic\":\"%2e\"}",
        "{\"topic\":\"_a\"}",
        "{\"topic\":\"a\",\"payload\":1,\"x\":2}",
        "{\"topic\":\"a\",\"level\":1}",
        "{\"topic\":\"a\",\"timestamp\":\"now\"}",
        "{\"topic\":\"a\",\"attributes\":{\"a\":1}}"
      })
  void ofJson(String body) {
    assertProblem(aggregator.post("/publish", JSON, body), 400);
    assertProblem(aggregator.post("/publish", "application/x-ndjson", body), 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":"})
  void thatNestsTooDeep(String opening) {
    String deep = opening.repeat(100_000);
    assertProblem(aggregator.post("/publish", JSON, deep), 400);
    assertProblem(aggregator.post("/publish/bad", JSON, deep), 400);
    assertProblem(aggregator.post("/publish", JSON, "{\"topic\":\"a\",\"payload\":" + deep), 400);
  }

  @Test
  void thatIsNotUtf8() {
    byte[] latin = "{\"topic\":\"a\",\"payload\":\"\u00e9\"}".getBytes(ISO_8859_1);
    assertProblem(aggregator.post("/publish", JSON, latin), 400);
    assertProblem(aggregator.post("/publish/bad", JSON, "\"\u00e9\"".getBytes(ISO_8859_1)), 400);
    byte[] surrogate = "\"\u00ed\u00a0\u0080\"".getBytes(ISO_8859_1);
    assertProblem(aggregator.post("/publish/bad", JSON, surrogate), 400);
  }

  @ParameterizedTest
  @CsvSource({
    "/publish/_rejected, 400",
    "/publish/_x, 400",
    "/publish/a%20b, 400",
    "/publish/a%0Ab, 400",
    "/publish/a%0D%0Ab, 400",
    "/publish/a%00b, 400",
    "/publish/a%2Fb, 400",
    "/publish/a%5Cb, 400",
    "/publish/a%25b, 400",
    "/publish/a%ff, 400",
    "/publish/%C3%A9, 400",
    "/publish/a..b, 400",
    "/publish/.a, 400",
    "/publish/%2ea, 400",
    "/publish/a., 400",
    "/publish/*, 400",
    "/publish/a;b=c, 400",
    "/publish/a?id=, 400",
    "/publish/a?id=%00, 400",
    "/publish/a?id=%zz, 400",
    "/publish/a?id=%ff, 400",
    "/publish/a?id=1&id=2, 400",
    "/publish/a?level=loud, 400",
    "/publish/a?timestamp=yesterday, 400",
    "/publish/a?split=words, 400",
    "/publish/a?nonsense=1, 400",
    "/publish/a?split=lines, 400",
    "/publish?id=1, 400",
    "/publish/a/b, 404",
    "/publish/, 404",
    "/publishes, 404"
  })
  void inThePathOrTheQuery(String target, int status) throws IOException {
    try (RawUpload upload =
        RawUpload.open(
            aggregator, "POST " + target, "Content-Type: application/json", "Content-Length: 1")) {
      upload.send("1");
      RawUpload.Answer answer = upload.answer();
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
      assertThat(answer.json().path("detail").stringValue()).isNotBlank();
    }
  }

  @Test
  void thatLeavesThePath() throws IOException {
    for (String target :
        new String[] {"/publish/..", "/publish/%2e%2e", "/publish/../x", "/publish/."}) {
      try (RawUpload upload = RawUpload.open(aggregator, "POST " + target, "Content-Length: 1")) {
        upload.send("1");
        assertThat(upload.answer().status()).as(target).isIn(400, 404, 405);
      }
    }
  }

  @Test
  void ofTooLongATopicOrId() {
    assertProblem(aggregator.post("/publish/" + "x".repeat(256), JSON, "1"), 400);
    assertProblem(aggregator.post("/publish/a?id=" + "x".repeat(257), JSON, "1"), 400);
    assertProblem(
        aggregator.post("/publish/a", JSON, "1", "Idempotency-Key", "x".repeat(257)), 400);
    assertProblem(aggregator.post("/publish/a?id=" + "x".repeat(20_000), JSON, "1"), 431);
  }

  @ParameterizedTest
  @CsvSource({
    "/publish, text/plain, application/x-ndjson",
    "/publish, application/xml, application/x-ndjson",
    "/publish, application/json; charset=utf-16, application/json",
    "/publish/bad, application/xml, text/plain",
    "/publish/bad, text/plain; charset=iso-8859-1, text/plain",
    "/publish/bad, multipart/form-data; boundary=x, text/plain",
    "/publish/bad, nonsense, text/plain"
  })
  void inAnotherContentType(String path, String contentType, String named) {
    HttpResponse<String> response = aggregator.post(path, contentType, "{\"topic\":\"a\"}");
    assertProblem(response, 415);
    assertThat(RunningAggregator.json(response).path("detail").stringValue()).contains(named);
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "gzip, gzip", "nonsense"})
  void inAnotherEncoding(String encoding) {
    HttpResponse<String> response =
        aggregator.post("/publish", JSON, "{}", "Content-Encoding", encoding);
    assertProblem(response, 415);
    assertThat(RunningAggregator.json(response).path("detail").stringValue())
        .contains("gzip, deflate and zstd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "zstd"})
  void thatIsNotCompressedAsItSays(String encoding) {
    String body = "{\"topic\":\"a\"}";
    for (String type : new String[] {JSON, "application/x-ndjson"}) {
      assertProblem(aggregator.post("/publish", type, body, "Content-Encoding", encoding), 400);
    }
  }

  @Test
  void withAnIdForSeveralEvents() {
    String two = "{\"topic\":\"a\"}\n{\"topic\":\"a\"}\n";
    assertProblem(
        aggregator.post("/publish", "application/x-ndjson", two, "Idempotency-Key", "x"), 400);
    assertProblem(aggregator.put("/publish/bad?split=lines&id=x", "text/plain", "a\nb"), 400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE", "PATCH"})
  void withAnotherMethod(String method) throws IOException {
    for (String path : new String[] {"/publish", "/publish/bad"}) {
      try (RawUpload upload =
          RawUpload.open(aggregator, method + " " + path, "Content-Length: 0")) {
        RawUpload.Answer answer = upload.answer();
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers()).containsKey("allow");
      }
    }
  }

  @Test
  void whoseReasonsAreListed() {
    HttpResponse<String> response =
        aggregator.post("/publish", JSON, "[{},{\"topic\":\"a\",\"id\":\"\"}]");
    assertProblem(response, 400);
    assertThat(RunningAggregator.json(response).path("accepted").intValue()).isZero();
    assertThat(RunningAggregator.json(response).path("rejected").intValue()).isEqualTo(2);
    assertThat(RunningAggregator.json(response).path("errors").toString())
        .isEqualTo(
            "[{\"index\":0,\"line\":1,\"field\":\"topic\",\"reason\":\"must not be blank\"},"
                + "{\"index\":1,\"line\":1,\"field\":\"id\",\"reason\":\"must have 1 to 256"
                + " characters\"}]");
  }
}
