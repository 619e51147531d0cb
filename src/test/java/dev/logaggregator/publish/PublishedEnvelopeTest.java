package dev.logaggregator.publish;

import static dev.logaggregator.publish.IntakeFixture.MAX_EVENT;
import static dev.logaggregator.publish.IntakeFixture.errors;
import static dev.logaggregator.publish.IntakeFixture.id;
import static dev.logaggregator.publish.IntakeFixture.member;
import static dev.logaggregator.publish.IntakeFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.Event;
import dev.logaggregator.intake.Log;
import dev.logaggregator.intake.RejectedEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.ErrorResponse;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of a request with one event, in the log and in the answer. */
class PublishedEnvelopeTest {

  private final IntakeFixture log = new IntakeFixture();

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void isAnsweredWithItsTopicIdAndOffset() {
    log.json("{\"topic\":\"a\",\"id\":\"0\"}");
    assertThat(log.json("{\"topic\":\"a.b\",\"id\":\"\\u00e9\\\"\"}"))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"accepted": 1, "duplicates": 0, "rejected": 0,
                     "firstOffset": 1, "lastOffset": 1, "durability": "memory",
                     "topic": "a.b", "id": "é\\"", "offset": 1}
                    """));
    log.assertStored(2, 0, 0);
  }

  @Test
  void isAnsweredWithTheOffsetItRepeats() {
    log.json("{\"topic\":\"a\",\"id\":\"x\"}");
    log.json("{\"topic\":\"a\",\"id\":\"y\"}");
    assertThat(log.json("{\"topic\":\"a\",\"id\":\"x\",\"payload\":2}").toString())
        .isEqualTo(
            "{\"accepted\":0,\"duplicates\":1,\"rejected\":0,\"durability\":\"memory\","
                + "\"topic\":\"a\",\"id\":\"x\",\"offset\":0}");
    log.assertStored(2, 1, 0);
  }

  @Test
  void isAnsweredWithTheIdThatItWasGiven() {
    String id = log.json("{\"topic\":\"a\"}").path("id").stringValue();
    assertThat(Log.events(log.store, "a")).extracting(Event::id).containsExactly(id);
  }

  @Test
  void isOneInAnArrayOrALineToo() {
    assertThat(log.json("[{\"topic\":\"a\"}]").path("offset").intValue()).isEqualTo(0);
    assertThat(log.lines("{\"topic\":\"a\"}").path("offset").intValue()).isEqualTo(1);
    assertThat(log.lines("{\"topic\":\"a\"}", "{\"topic\":\"a\"}").has("offset")).isFalse();
    assertThat(log.lines("{\"topic\":\"a\"}", "{}").has("offset")).isFalse();
  }

  @Test
  void thatIsInvalidIsCountedAndNotKept() {
    ErrorResponse refusal = refusal(() -> log.json("{\"topic\":\"a\",\"id\":\"\"}"));

    assertThat(refusal.getStatusCode().value()).isEqualTo(400);
    assertThat(refusal.getBody().getDetail()).isEqualTo("id must have 1 to 256 characters");
    assertThat(member(refusal, "accepted")).isEqualTo(0);
    assertThat(member(refusal, "rejected")).isEqualTo(1L);
    assertThat(errors(refusal))
        .containsExactly(new RejectedEvent(0, 1, "id", "must have 1 to 256 characters"));
    log.assertStored(0, 0, 1);
    assertThat(log.store.watermark()).isZero();
  }

  @Test
  void thatIsTooLargeIsSaidToBe() {
    String large = "{\"topic\":\"a\",\"payload\":\"" + "x".repeat(MAX_EVENT) + "\"}";
    assertThat(refusal(() -> log.json(large)).getStatusCode().value()).isEqualTo(413);
    assertThat(refusal(() -> log.lines(large)).getStatusCode().value()).isEqualTo(413);
    assertThat(refusal(() -> log.json("[" + large + "]")).getStatusCode().value()).isEqualTo(413);
    log.assertStored(0, 0, 3);
  }

  @Test
  void isAsLargeAsAllowed() {
    String frame = "{\"topic\":\"a\",\"payload\":\"\"}";
    String largest = frame.replace("\"\"", '"' + "x".repeat(MAX_EVENT - frame.length()) + '"');
    assertThat(log.json(largest).path("accepted").intValue()).isEqualTo(1);
    assertThat(log.lines(largest, largest).path("accepted").intValue()).isEqualTo(2);
    assertThat(log.json("[" + largest + "," + largest + "]").path("accepted").intValue())
        .isEqualTo(2);
    assertThat(Log.payloads(log.store, "a")).allMatch(payload -> payload.length() > 1_900_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\t", "[]", " [ ] "})
  void nothingIsNotAnEvent(String body) {
    ErrorResponse refusal = refusal(() -> log.json(body));
    assertThat(refusal.getStatusCode().value()).isEqualTo(400);
    assertThat(refusal.getBody().getDetail()).contains("no event");
    log.assertStored(0, 0, 0);
  }
}
