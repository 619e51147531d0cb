package dev.logaggregator.publish;

import static dev.logaggregator.publish.IntakeFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.ErrorResponse;

/** An id that comes with the request is that of its only event. */
class PublishedIdTest {

  private final IntakeFixture log = new IntakeFixture();

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void isThatOfTheOnlyEvent() {
    assertThat(log.envelopes(BodyFormat.JSON, "k", "{\"topic\":\"a\"}").path("id").stringValue())
        .isEqualTo("k");
    assertThat(
            log.envelopes(BodyFormat.JSON_LINES, "k", "{\"topic\":\"a\"}\n")
                .path("duplicates")
                .intValue())
        .isEqualTo(1);
    assertThat(
            log.envelopes(BodyFormat.JSON, "k", "[{\"topic\":\"a\"}]")
                .path("duplicates")
                .intValue())
        .isEqualTo(1);
  }

  @Test
  void givesWayToTheEventsOwn() {
    assertThat(
            log.envelopes(BodyFormat.JSON, "k", "{\"topic\":\"a\",\"id\":\"own\"}")
                .path("id")
                .stringValue())
        .isEqualTo("own");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"topic\":\"a\"}\n{\"topic\":\"a\"}",
        "{\"topic\":\"a\"}\nx",
        "x\n{\"topic\":\"a\"}"
      })
  void isAnErrorWithSeveralEvents(String lines) {
    ErrorResponse refusal = refusal(() -> log.envelopes(BodyFormat.JSON_LINES, "k", lines));
    assertThat(refusal.getStatusCode().value()).isEqualTo(400);
    assertThat(refusal.getBody().getDetail()).contains("name one event");
    assertThat(log.store.watermark()).isZero();
  }

  @Test
  void isAnErrorWithSeveralElements() {
    assertThat(
            refusal(
                    () ->
                        log.envelopes(
                            BodyFormat.JSON, "k", "[{\"topic\":\"a\"},{\"topic\":\"a\"}]"))
                .getBody()
                .getDetail())
        .contains("name one event");
    assertThat(log.store.watermark()).isZero();
  }
}
