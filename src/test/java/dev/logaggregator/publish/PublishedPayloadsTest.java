package dev.logaggregator.publish;

import static dev.logaggregator.publish.IntakeFixture.MAX_EVENT;
import static dev.logaggregator.publish.IntakeFixture.SETTINGS;
import static dev.logaggregator.publish.IntakeFixture.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logaggregator.event.Topic;
import dev.logaggregator.intake.Bodies;
import dev.logaggregator.intake.Body;
import dev.logaggregator.intake.Log;
import dev.logaggregator.intake.Preset;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.ErrorResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Bodies that are payloads of one topic. */
class PublishedPayloadsTest {

  private final IntakeFixture log = new IntakeFixture();

  @AfterEach
  void close() {
    log.close();
  }

  private final Topic topic = new Topic("p");

  private JsonNode take(BodyFormat format, boolean splitLines, byte[]... pieces) {
    boolean lines = new PublishParameters(Preset.NONE, splitLines).areLines(format);
    try (Body body = Bodies.arriving(SETTINGS, null, pieces)) {
      return JsonMapper.shared()
          .readTree(
              ReceiptJson.of(
                      lines
                          ? log.intake.takePayloadLines(body, format.payload(), topic, Preset.NONE)
                          : log.intake.takePayload(body, format.payload(), topic, Preset.NONE))
                  .toByteArray());
    }
  }

  @Test
  void areOneEventEach() {
    take(BodyFormat.JSON, false, "{\"a\": 1}".getBytes(UTF_8));
    take(BodyFormat.TEXT, false, "a\nb\n".getBytes(UTF_8));
    take(BodyFormat.UNSPECIFIED, false, "[1]\n".getBytes(UTF_8));
    assertThat(Log.payloads(log.store, "p")).containsExactly("{\"a\":1}", "\"a\\nb\\n\"", "[1]");
  }

  @Test
  void areOneEventALine() {
    take(BodyFormat.JSON_LINES, false, "1\n\n{\"a\": 1}\n".getBytes(UTF_8));
    take(BodyFormat.TEXT, true, "a\r\n\n  b\n1".getBytes(UTF_8));
    take(BodyFormat.UNSPECIFIED, true, "x\n{\"a\": 2}\n3".getBytes(UTF_8));
    assertThat(Log.payloads(log.store, "p"))
        .containsExactly(
            "1", "{\"a\":1}", "\"a\"", "\"  b\"", "\"1\"", "\"x\"", "{\"a\":2}", "\"3\"");
  }

  @Test
  void thatAreRejectedSayTheirTopic() {
    assertThat(
            take(BodyFormat.JSON_LINES, false, "1\n{\n".getBytes(UTF_8))
                .path("rejected")
                .intValue())
        .isEqualTo(1);
    assertThat(Log.payloads(log.store, "_rejected"))
        .singleElement()
        .asString()
        .contains("\"line\":2", "\"topic\":\"p\",\"raw\":\"{\"");
  }

  @Test
  void sayTheirTopicAlsoWhereTheyAreTooLarge() {
    byte[] large = new byte[MAX_EVENT * 2];
    Arrays.fill(large, (byte) 'x');
    assertThat(
            take(BodyFormat.TEXT, true, "a\n".getBytes(UTF_8), large)
                .path("errors")
                .path(0)
                .path("reason")
                .stringValue())
        .contains("this one has 4000000");
    assertThat(Log.payloads(log.store, "_rejected"))
        .singleElement()
        .asString()
        .contains("\"topic\":\"p\",\"bytes\":4000000,\"truncated\":true,\"raw\":\"xxx");
  }

  @Test
  void ofJsonAreNotSplit() {
    assertThatThrownBy(() -> take(BodyFormat.JSON, true, "1".getBytes(UTF_8)))
        .hasMessageContaining("application/x-ndjson");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\n"})
  void areNotNothing(String body) {
    for (BodyFormat format : BodyFormat.values()) {
      assertThat(refusal(() -> take(format, false, body.getBytes(UTF_8))).getStatusCode().value())
          .isEqualTo(400);
    }
  }

  /** A control character takes six bytes as JSON. */
  @Test
  void areNoLargerAsTheyAreKeptThanAsTheyAreSent() {
    byte[] controls = new byte[MAX_EVENT / 6];
    take(BodyFormat.TEXT, false, controls);
    ErrorResponse refusal =
        refusal(() -> take(BodyFormat.TEXT, false, new byte[MAX_EVENT / 6 + 1]));
    assertThat(refusal.getStatusCode().value()).isEqualTo(413);
    assertThat(refusal.getBody().getDetail()).contains("as JSON", "max-event");
    take(BodyFormat.TEXT, false, "x".repeat(MAX_EVENT).getBytes(UTF_8));
    take(BodyFormat.TEXT, false, "é".repeat(MAX_EVENT / 2).getBytes(UTF_8));
    assertThat(Log.payloads(log.store, "p"))
        .extracting(String::length)
        .containsExactly(MAX_EVENT / 6 * 6 + 2, MAX_EVENT + 2, MAX_EVENT / 2 + 2);
  }

  @Test
  void areKeptAsFarAsTheyFitWhereTheyAreRejected() {
    byte[] controls = new byte[MAX_EVENT];
    JsonNode answer = take(BodyFormat.TEXT, true, "a\n".getBytes(UTF_8), controls);
    assertThat(answer.path("rejected").intValue()).isEqualTo(1);
    assertThat(Log.payloads(log.store, "_rejected"))
        .singleElement()
        .asString()
        .contains("\"truncated\":true", "\\u0000")
        .hasSizeBetween(MAX_EVENT - 10, MAX_EVENT + 500);
  }
}
