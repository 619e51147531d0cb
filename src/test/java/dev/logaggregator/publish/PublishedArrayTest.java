package dev.logaggregator.publish;

import static dev.logaggregator.publish.IntakeFixture.MAX_EVENT;
import static dev.logaggregator.publish.IntakeFixture.SETTINGS;
import static dev.logaggregator.publish.IntakeFixture.errors;
import static dev.logaggregator.publish.IntakeFixture.id;
import static dev.logaggregator.publish.IntakeFixture.member;
import static dev.logaggregator.publish.IntakeFixture.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.intake.Bodies;
import dev.logaggregator.intake.Body;
import dev.logaggregator.intake.Log;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.ErrorResponse;
import tools.jackson.databind.JsonNode;

/** An array of envelopes is read as a whole before anything of it is stored. */
class PublishedArrayTest {

  private final IntakeFixture log = new IntakeFixture();

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void isStoredInOrder() {
    JsonNode answer =
        log.json(" [ {\"topic\":\"a\",\"n\":1} ,{\"topic\":\"b\"}, {\"topic\":\"a\",\"n\":2} ] ");
    assertThat(answer.path("accepted").intValue()).isEqualTo(3);
    assertThat(answer.path("firstOffset").intValue()).isEqualTo(0);
    assertThat(answer.path("lastOffset").intValue()).isEqualTo(2);
    assertThat(answer.has("errors")).isFalse();
    assertThat(Log.payloads(log.store, "a")).containsExactly("{\"n\":1}", "{\"n\":2}");
  }

  @Test
  void losesNoElementThatIsRejected() {
    JsonNode answer =
        log.json(
            """
            [
              {"id": "x"},
              {"topic": "a"},
              {"topic": "a", "id": ""}, 1, {"topic": "a"}
            ]
            """);

    assertThat(answer.path("accepted").intValue()).isEqualTo(2);
    assertThat(answer.path("rejected").intValue()).isEqualTo(3);
    assertThat(answer.path("errors").toString())
        .isEqualTo(
            "[{\"index\":0,\"line\":2,\"field\":\"topic\",\"reason\":\"must not be blank\"},"
                + "{\"index\":2,\"line\":4,\"field\":\"id\",\"reason\":\"must have 1 to 256"
                + " characters\"},"
                + "{\"index\":3,\"line\":4,\"reason\":\"an envelope must be a JSON object\"}]");
    assertThat(Log.payloads(log.store, "_rejected"))
        .containsExactly(
            "{\"index\":0,\"line\":2,\"field\":\"topic\",\"reason\":\"must not be blank\","
                + "\"raw\":\"{\\\"id\\\": \\\"x\\\"}\"}",
            "{\"index\":2,\"line\":4,\"field\":\"id\",\"reason\":\"must have 1 to 256"
                + " characters\",\"topic\":\"a\","
                + "\"raw\":\"{\\\"topic\\\": \\\"a\\\", \\\"id\\\": \\\"\\\"}\"}",
            "{\"index\":3,\"line\":4,\"reason\":\"an envelope must be a JSON object\","
                + "\"raw\":\"1\"}");
    log.assertStored(2, 0, 3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"topic\":\"a\"}",
        "[{\"topic\":\"a\"},",
        "[{\"topic\":\"a\"},]",
        "[{\"topic\":\"a\"} {\"topic\":\"a\"}]",
        "[{\"topic\":\"a\"},{\"topic\":\"a\",}]",
        "[{\"topic\":\"a\"},{\"topic\":\"a\"}]]",
        "[{\"topic\":\"a\"},{\"topic\":\"a\"}]x",
        "[{\"topic\":\"a\"},nul]",
        "[{\"topic\":\"a\"},{\"x\":1,\"topic\":\"_x\",]",
        "[,]",
        "["
      })
  void thatIsMalformedStoresNothing(String array) {
    ErrorResponse refusal = refusal(() -> log.json(array));
    assertThat(refusal.getStatusCode().value()).isEqualTo(400);
    assertThat(refusal.getBody().getDetail()).startsWith("malformed JSON at byte ");
    assertThat(member(refusal, "accepted")).isEqualTo(0);
    assertThat(errors(refusal)).hasSize(1);
    assertThat(log.store.watermark()).isZero();
    log.assertStored(0, 0, 1);
  }

  @Test
  void isMalformedAtAPositionInTheBody() {
    assertThat(refusal(() -> log.json(" [{\"topic\":\"a\"},\n{\"topic\":}]")).getBody().getDetail())
        .isEqualTo("malformed JSON at byte 27: expected a value, found '}'");
  }

  @Test
  void mayHaveElementsAsDeepAsAllowed() {
    String deepest = "[".repeat(64) + "]".repeat(64);
    assertThat(
            log.json("[{\"topic\":\"a\",\"payload\":" + deepest + "},{}]")
                .path("accepted")
                .intValue())
        .isEqualTo(1);
    ErrorResponse refusal =
        refusal(() -> log.json("[{\"topic\":\"a\",\"payload\":[" + deepest + "]}]"));
    assertThat(refusal.getBody().getDetail()).contains("nested deeper than");
  }

  @Test
  void keepsTheBeginningOfAnElementThatIsTooLarge() {
    String large = "{\"topic\":\"a\",\"payload\":\"" + "x".repeat(MAX_EVENT) + "\"}";
    JsonNode answer = log.json("[{\"topic\":\"a\"}," + large + ",{\"topic\":\"a\"}]");
    assertThat(answer.path("accepted").intValue()).isEqualTo(2);
    assertThat(answer.path("errors").path(0).path("reason").stringValue())
        .contains("at most 2000000 bytes", "this one has 2000026");
    assertThat(Log.payloads(log.store, "_rejected"))
        .singleElement()
        .asString()
        .contains("\"bytes\":2000026,\"truncated\":true,\"raw\":\"{\\\"topic")
        .hasSizeLessThan(MAX_EVENT + 500);
  }

  @Test
  void listsTheFirstHundredErrorsAndKeepsAll() {
    JsonNode answer = log.json("[{\"topic\":\"a\"}" + ",{}".repeat(150) + "]");
    assertThat(answer.path("rejected").intValue()).isEqualTo(150);
    assertThat(answer.path("errors").size()).isEqualTo(100);
    assertThat(Log.payloads(log.store, "_rejected")).hasSize(150);
  }

  @Test
  void losesNoElementHoweverManyAreRejectedBeforeTheFirstIsStored() {
    String padding = "x".repeat(10_000);
    JsonNode answer =
        log.json("[" + "{\"m\":\"%s\"},".formatted(padding).repeat(300) + "{\"topic\":\"a\"}]");
    assertThat(answer.path("accepted").intValue()).isEqualTo(1);
    assertThat(answer.path("rejected").intValue()).isEqualTo(300);
    assertThat(Log.payloads(log.store, "_rejected")).hasSize(300);
  }

  @Test
  void takesNoMoreMemoryThanIsSetAside() {
    MemoryAccount memory = new MemoryAccount(15_000_000);
    String body = "[" + "{\"topic\":\"a\"},".repeat(100_000) + "{}]";
    try (Body request =
        Bodies.body(SETTINGS, null, new ByteArrayInputStream(body.getBytes(UTF_8)), memory)) {
      ErrorResponse refusal = refusal(() -> log.take(request, BodyFormat.JSON, id(null)));
      assertThat(refusal.getStatusCode().value()).isEqualTo(413);
      assertThat(refusal.getBody().getDetail()).contains("aggregator.memory.max");
    }
    assertThat(memory.usedBytes(Use.BODIES)).isZero();
    assertThat(log.store.watermark()).isZero();
  }
}
