package dev.logaggregator.publish;

import static dev.logaggregator.publish.IntakeFixture.SETTINGS;
import static dev.logaggregator.publish.IntakeFixture.errors;
import static dev.logaggregator.publish.IntakeFixture.id;
import static dev.logaggregator.publish.IntakeFixture.member;
import static dev.logaggregator.publish.IntakeFixture.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logaggregator.event.Event;
import dev.logaggregator.intake.Bodies;
import dev.logaggregator.intake.Body;
import dev.logaggregator.intake.Log;
import dev.logaggregator.intake.RejectedEvent;
import dev.logaggregator.store.StoreUnavailableException;
import dev.logaggregator.store.TooManyTopicsException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.ErrorResponse;
import tools.jackson.databind.JsonNode;

/** Lines stand each on their own, and none is lost. */
class PublishedLinesTest {

  private final IntakeFixture log = new IntakeFixture();

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void standEachOnTheirOwn() {
    JsonNode answer =
        log.lines("{\"topic\":\"a\"}", "", "{\"topic\":", "{\"topic\":\"a\"}\r", "é{}", " ");
    assertThat(answer.path("accepted").intValue()).isEqualTo(2);
    assertThat(answer.path("rejected").intValue()).isEqualTo(2);
    assertThat(answer.path("errors").path(0).path("index").intValue()).isEqualTo(1);
    assertThat(answer.path("errors").path(0).path("line").intValue()).isEqualTo(3);
    assertThat(answer.path("errors").path(1).path("index").intValue()).isEqualTo(3);
    assertThat(answer.path("errors").path(1).path("line").intValue()).isEqualTo(5);
    assertThat(Log.payloads(log.store, "_rejected"))
        .satisfiesExactly(
            first -> assertThat(first).endsWith("\"raw\":\"{\\\"topic\\\":\"}"),
            second -> assertThat(second).endsWith("\"raw\":\"é{}\"}"));
    log.assertStored(2, 0, 2);
  }

  @Test
  void thatAreRejectedBeforeTheFirstIsStoredAreKeptToo() {
    assertThat(log.lines("x", "y", "{\"topic\":\"a\"}", "z").path("rejected").intValue())
        .isEqualTo(3);
    assertThat(Log.events(log.store, "_rejected"))
        .extracting(Event::offset)
        .containsExactly(0L, 1L, 3L);
    assertThat(Log.events(log.store, "a")).extracting(Event::offset).containsExactly(2L);
  }

  @Test
  void thatAreAllRejectedLeaveNothing() {
    ErrorResponse refusal = refusal(() -> log.lines("x", "{}", "{\"topic\":\"_a\"}"));
    assertThat(refusal.getStatusCode().value()).isEqualTo(400);
    assertThat(refusal.getBody().getDetail()).startsWith("None of 3 events could be stored");
    assertThat(errors(refusal)).extracting(RejectedEvent::line).containsExactly(1L, 2L, 3L);
    assertThat(log.store.watermark()).isZero();
    log.assertStored(0, 0, 3);
  }

  @Test
  void thatRepeatEventsCountAsStored() {
    log.lines("{\"topic\":\"a\",\"id\":\"1\"}");
    JsonNode answer = log.lines("x", "{\"topic\":\"a\",\"id\":\"1\"}");
    assertThat(answer.path("duplicates").intValue()).isEqualTo(1);
    assertThat(answer.path("rejected").intValue()).isEqualTo(1);
    assertThat(Log.payloads(log.store, "_rejected")).hasSize(1);
  }

  /** Otherwise a body of nothing but errors would take as much memory as a request may have. */
  @Test
  void areGivenUpOnceTooManyWereRejectedAndNoneStored() {
    String line = "x".repeat(1000);
    String[] lines = new String[3000];
    Arrays.fill(lines, line);
    lines[2999] = "{\"topic\":\"a\"}";
    ErrorResponse refusal = refusal(() -> log.lines(lines));
    assertThat(refusal.getStatusCode().value()).isEqualTo(400);
    assertThat((Long) member(refusal, "rejected")).isBetween(800L, 1100L);
    assertThat(log.store.watermark()).isZero();
    assertThat(log.store.statistics(0).rejected()).isEqualTo(member(refusal, "rejected"));
  }

  @Test
  void areStoredUpToATopicTooMany() {
    byte[] first = "{\"topic\":\"a\"}\nx\n".getBytes(UTF_8);
    byte[] second =
        "y\n{\"topic\":\"b\"}\n{\"topic\":\"c\"}\n{\"topic\":\"d\"}\n{\"topic\":\"e\"}\n{\"topic\":\"f\"}\n"
            .getBytes(UTF_8);
    try (Body body = Bodies.arriving(SETTINGS, null, first, second)) {
      ErrorResponse refusal = refusal(() -> log.take(body, BodyFormat.JSON_LINES, id(null)));
      assertThat(refusal.getStatusCode().value()).isEqualTo(429);
      assertThat(refusal.getHeaders().getFirst("Retry-After")).isEqualTo("60");
      assertThat(member(refusal, "accepted")).isEqualTo(1);
      assertThat(member(refusal, "rejected")).isEqualTo(1L);
      assertThat(errors(refusal)).extracting(RejectedEvent::line).containsExactly(2L);
    }
    log.assertStored(1, 0, 1);
  }

  @Test
  void areNotStoredWhereTheFirstIsATopicTooMany() {
    log.lines("{\"topic\":\"a\"}", "{\"topic\":\"b\"}", "{\"topic\":\"c\"}", "{\"topic\":\"d\"}");
    assertThatThrownBy(
            () -> log.lines("{\"topic\":\"e\"}", "{\"topic\":\"f\"}", "{\"topic\":\"g\"}"))
        .isInstanceOf(TooManyTopicsException.class);
  }

  @Test
  void areNotStoredWhereTheLogIsClosed() {
    log.store.close();
    assertThatThrownBy(() -> log.lines("{\"topic\":\"a\"}"))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void saysHowFarTheyGotWhenTheLogIsClosedMeanwhile() {
    byte[] line = "{\"topic\":\"a\"}\n".getBytes(UTF_8);
    InputStream in =
        new SequenceInputStream(
            new ByteArrayInputStream(line),
            new ByteArrayInputStream(line) {
              @Override
              public int read(byte[] target, int offset, int length) {
                log.store.close();
                return super.read(target, offset, length);
              }
            });
    ErrorResponse refusal =
        refusal(() -> log.take(Bodies.body(SETTINGS, null, in), BodyFormat.JSON_LINES, id(null)));
    assertThat(refusal.getStatusCode().value()).isEqualTo(503);
    assertThat(refusal.getHeaders().getFirst("Retry-After")).isEqualTo("5");
    assertThat(member(refusal, "accepted")).isEqualTo(1);
  }

  @Test
  void endWhenTheServiceShutsDown() {
    log.intake.close();
    byte[] line = "{\"topic\":\"a\"}\n".getBytes(UTF_8);
    ErrorResponse refusal =
        refusal(
            () ->
                log.take(
                    Bodies.body(SETTINGS, null, Bodies.endless(line)),
                    BodyFormat.JSON_LINES,
                    id(null)));
    assertThat(refusal.getStatusCode().value()).isEqualTo(503);
    assertThat((Integer) member(refusal, "accepted")).isPositive();
  }
}
