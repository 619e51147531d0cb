package dev.logaggregator.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.RunningAggregator;
import dev.logaggregator.intake.ContentEncodingTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every way to publish, from outside: what was sent is what is read. */
class PublishIT {

  private static final String FORM = "application/x-www-form-urlencoded";

  private final RunningAggregator aggregator = RunningAggregator.shared();

  private List<JsonNode> events(String topic) {
    List<JsonNode> events = new ArrayList<>();
    aggregator
        .getJson("/events?order=asc&limit=10000&topic=" + topic)
        .path("events")
        .forEach(events::add);
    return events;
  }

  private List<String> payloads(String topic) {
    return events(topic).stream().map(event -> event.path("payload").toString()).toList();
  }

  private static void assertAccepted(HttpResponse<String> response, int count) {
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(RunningAggregator.json(response).path("accepted").intValue()).isEqualTo(count);
  }

  @Test
  void takesTheEventOfTheContract() {
    String event =
        """
        {
          "topic": "it.contract",
          "id": "e-1",
          "source": "checkout",
          "level": "INFO",
          "timestamp": "2026-11-22T07:00:00Z",
          "attributes": {"traceId": "4bf92f3577b34da6a3ce929d0e0e4736"},
          "payload": {"order": 1234567, "amount": 99.50}
        }
        """;
    assertAccepted(aggregator.post("/publish", "application/json", event), 1);

    String body = aggregator.get("/events?topic=it.contract").body();
    assertThat(body)
        .contains("\"payload\":{\"order\":1234567,\"amount\":99.50}")
        .contains("\"attributes\":{\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\"}")
        .contains(
            "\"source\":\"checkout\",\"level\":\"INFO\",\"timestamp\":\"2026-11-22T07:00:00Z\"");
  }

  @Test
  void saysWhatBecameOfABatch() {
    aggregator.post("/publish", "application/json", "{\"topic\":\"it.receipt\",\"id\":\"known\"}");
    HttpResponse<String> response =
        aggregator.post(
            "/publish",
            "application/x-ndjson",
            """
            {"topic":"it.receipt","id":"new-1"}
            {"topic":"it.receipt","id":"known"}
            {"topic":"it.receipt","id":"new-2"}
            {"topic":" "}
            """);

    assertThat(response.statusCode()).isEqualTo(207);
    JsonNode receipt = RunningAggregator.json(response);
    assertThat(receipt.propertyNames())
        .containsExactly(
            "accepted",
            "duplicates",
            "rejected",
            "firstOffset",
            "lastOffset",
            "durability",
            "errors");
    assertThat(receipt.path("accepted").intValue()).isEqualTo(2);
    assertThat(receipt.path("duplicates").intValue()).isEqualTo(1);
    assertThat(receipt.path("rejected").intValue()).isEqualTo(1);
    assertThat(receipt.path("durability").stringValue()).isEqualTo("memory");
    assertThat(receipt.path("errors").toString())
        .isEqualTo(
            "[{\"index\":3,\"line\":4,\"field\":\"topic\",\"reason\":\"must not be blank\"}]");
    List<JsonNode> events = events("it.receipt");
    assertThat(events.get(1).path("offset")).isEqualTo(receipt.path("firstOffset"));
    assertThat(events.get(2).path("offset")).isEqualTo(receipt.path("lastOffset"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", FORM, "application/json; charset=UTF-8"})
  void takesOneEnvelopeOrMany(String contentType) {
    String topic = "it.json." + Math.abs(contentType.hashCode());
    String one = "{\"topic\":\"%s\",\"n\":\"a=b&c=%%64\"}".formatted(topic);
    assertAccepted(aggregator.post("/publish", contentType, one), 1);
    assertAccepted(aggregator.put("/publish", contentType, "[" + one + "," + one + "]"), 2);
    assertThat(payloads(topic)).hasSize(3).containsOnly("{\"n\":\"a=b&c=%64\"}");
  }

  @Test
  void takesABodyWithoutContentType() throws IOException {
    String body = "{\"topic\":\"it.none\",\"n\":1}";
    try (RawUpload upload =
        RawUpload.open(aggregator, "PUT /publish", "Content-Length: " + body.length())) {
      upload.send(body);
      assertThat(upload.answer().status()).isEqualTo(200);
    }
    try (RawUpload upload =
        RawUpload.open(aggregator, "PUT /publish/it.none", "Content-Length: 5")) {
      upload.send("hello");
      assertThat(upload.answer().status()).isEqualTo(200);
    }
    assertThat(payloads("it.none")).containsExactly("{\"n\":1}", "\"hello\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-ndjson", "application/ndjson", "application/jsonl"})
  void takesLinesOfEnvelopesAndOfPayloads(String contentType) {
    String topic = "it.lines." + contentType.substring(contentType.indexOf('/') + 1);
    assertAccepted(
        aggregator.post(
            "/publish",
            contentType,
            "{\"topic\":\"%1$s\"}\r\n\n{\"topic\":\"%1$s\"}".formatted(topic)),
        2);
    assertAccepted(aggregator.put("/publish/" + topic, contentType, "1\n\"x\"\n{\"a\": 1}\n"), 3);
    assertThat(payloads(topic)).containsExactly("{}", "{}", "1", "\"x\"", "{\"a\":1}");
  }

  @Test
  void takesPayloadsOfEveryKind() {
    String path = "/publish/it.payloads";
    assertAccepted(aggregator.post(path, "application/json", " [1, 2] "), 1);
    assertAccepted(aggregator.post(path, "text/plain", "[1, 2]"), 1);
    assertAccepted(aggregator.post(path, FORM, "{\"a\": 1}"), 1);
    assertAccepted(aggregator.post(path, FORM, "a=1&b=2"), 1);
    assertAccepted(aggregator.put(path + "?split=lines", "text/plain", "a\nb\n"), 2);
    assertAccepted(aggregator.put(path + "?split=lines", FORM, "a=1\n{\"b\": 2}\n"), 2);
    assertThat(payloads("it.payloads"))
        .containsExactly(
            "[1,2]",
            "\"[1, 2]\"",
            "{\"a\":1}",
            "\"a=1&b=2\"",
            "\"a\"",
            "\"b\"",
            "\"a=1\"",
            "{\"b\":2}");
  }

  @Test
  void takesTheRestOfAnEventFromTheQueryString() {
    assertAccepted(
        aggregator.post(
            "/publish/it.query?id=e%201&source=a+b&level=warning&timestamp=1795330800",
            FORM, "{\"level\":\"debug\",\"time\":\"2020-01-01T00:00:00Z\"}"),
        1);
    JsonNode event = events("it.query").getFirst();
    assertThat(event.path("id").stringValue()).isEqualTo("e 1");
    assertThat(event.path("source").stringValue()).isEqualTo("a b");
    assertThat(event.path("level").stringValue()).isEqualTo("WARN");
    assertThat(event.path("timestamp").stringValue()).isEqualTo("2026-11-22T07:00:00Z");
    assertThat(event.path("payload").path("level").stringValue()).isEqualTo("debug");
  }

  @Test
  void takesTimeAndLevelFromThePayload() {
    assertAccepted(
        aggregator.post(
            "/publish/it.stated",
            "application/json",
            "{\"@timestamp\":\"2026-11-22T07:00:00.5Z\",\"log\":{\"level\":\"err\"}}"),
        1);
    JsonNode event = events("it.stated").getFirst();
    assertThat(event.path("timestamp").stringValue()).isEqualTo("2026-11-22T07:00:00.500Z");
    assertThat(event.path("level").stringValue()).isEqualTo("ERROR");
  }

  @ParameterizedTest
  @CsvSource({"/publish/it.key.payload,1", "/publish,'{\"topic\":\"it.key.envelope\"}'"})
  void takesTheIdempotencyKeyForTheId(String path, String body) {
    JsonNode first =
        RunningAggregator.json(
            aggregator.post(path, "application/json", body, "Idempotency-Key", "key-1"));
    JsonNode second =
        RunningAggregator.json(
            aggregator.post(path, "application/json", body, "Idempotency-Key", "key-1"));
    assertThat(first.path("accepted").intValue()).isEqualTo(1);
    assertThat(first.path("id").stringValue()).isEqualTo("key-1");
    assertThat(second.path("duplicates").intValue()).isEqualTo(1);
    assertThat(second.path("offset")).isEqualTo(first.path("offset"));
    assertThat(second.has("firstOffset")).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void takesCompressedBodies(ContentEncodingTest.Compression compression) {
    String topic = "it.compressed." + compression;
    byte[] body = "{\"a\":1}\n{\"a\":2}\n".getBytes(UTF_8);
    assertAccepted(
        aggregator.post(
            "/publish/" + topic,
            "application/x-ndjson",
            compression.of(body),
            "Content-Encoding",
            compression.encoding()),
        2);
    assertAccepted(
        aggregator.post(
            "/publish/" + topic,
            "text/plain",
            compression.of("é".getBytes(UTF_8)),
            "Content-Encoding",
            compression.encoding()),
        1);
    assertThat(payloads(topic)).containsExactly("{\"a\":1}", "{\"a\":2}", "\"é\"");
  }

  @Test
  void takesBackWhatWasRead() {
    assertAccepted(
        aggregator.post(
            "/publish/it.again?id=1", "application/json", "{\"level\":\"warn\",\"n\":[1.0]}"),
        1);
    String read = aggregator.get("/events?topic=it.again", "Accept", "application/x-ndjson").body();
    HttpResponse<String> again = aggregator.post("/publish", "application/x-ndjson", read);
    assertThat(RunningAggregator.json(again).path("duplicates").intValue()).isEqualTo(1);
    assertAccepted(
        aggregator.post(
            "/publish", "application/x-ndjson", read.replace("it.again", "it.again.copy")),
        1);
    assertThat(events("it.again.copy").getFirst().path("payload").toString())
        .isEqualTo("{\"level\":\"warn\",\"n\":[1.0]}");
  }

  @Test
  void keepsRejectedEventsForReadersOfTheirTopic() {
    HttpResponse<String> response =
        aggregator.post(
            "/publish/it.rejected", "application/x-ndjson", "1\nit-rejected\u0000\u00e9\n");
    assertThat(response.statusCode()).isEqualTo(207);
    JsonNode kept =
        aggregator
            .getJson("/events?topic=_rejected&q=it-rejected")
            .path("events")
            .path(0)
            .path("payload");
    assertThat(kept.path("raw").stringValue()).isEqualTo("it-rejected\u0000\u00e9");
    assertThat(kept.path("topic").stringValue()).isEqualTo("it.rejected");
    assertThat(kept.path("line").intValue()).isEqualTo(2);
    assertThat(kept.path("index").intValue()).isEqualTo(1);
    assertThat(kept.path("reason").stringValue()).startsWith("malformed JSON at byte 1");
    assertThat(aggregator.getJson("/stats").path("system").has("_rejected")).isTrue();
  }

  @Test
  void replacesWhatIsNotUtf8InText() {
    assertAccepted(
        aggregator.post("/publish/it.latin", "text/plain", new byte[] {'a', (byte) 0xE9, 'b'}), 1);
    assertThat(events("it.latin").getFirst().path("payload").stringValue()).isEqualTo("a\uFFFDb");
  }
}
