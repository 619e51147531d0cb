package dev.logaggregator.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logaggregator.event.Cursor;
import dev.logaggregator.event.InvalidEventException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a subscription starts, by what a caller writes. */
class StartTest {

  private final Log log = new Log();

  @AfterEach
  void close() {
    log.close();
  }

  private long offset(String text) throws IOException {
    return Start.parse("start", text, log.now).in(log.store).offset();
  }

  @Test
  void isBeforeTheOldestEventOrAfterTheNewest() throws IOException {
    assertThat(offset("latest")).isEqualTo(-1);
    assertThat(offset("earliest")).isEqualTo(-1);

    log.publish("t", "a", "b", "c");
    assertThat(offset("latest")).isEqualTo(2);
    assertThat(offset("earliest")).isEqualTo(-1);
  }

  @Test
  void isBeforeTheFirstEventThatWasReceivedAtATimeOrLater() throws IOException {
    Instant first = log.now;
    log.publish("t", "a");
    log.pass(Duration.ofMinutes(10));
    log.publish("t", "b", "c");
    log.pass(Duration.ofMinutes(10));

    assertThat(offset(first.toString())).isEqualTo(-1);
    assertThat(offset(first.plusNanos(1).toString())).isEqualTo(0);
    assertThat(offset("10m")).isEqualTo(0);
    assertThat(offset("20m")).isEqualTo(-1);
    assertThat(offset("9m")).as("nothing is that new").isEqualTo(2);
    assertThat(offset("1969-12-31T23:59:59.5Z")).isEqualTo(-1);
    assertThat(offset("9999-12-31T23:59:59Z")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"0,,0", "-1,,-1", "17,,17", "k3f9.42,k3f9,42", "4a.-1,4a,-1"})
  void isAfterACursor(String text, String epoch, long offset) {
    assertThat(Start.parse("start", text, log.now))
        .isEqualTo(new Start.After(new Cursor(epoch, offset)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "oldest", "k3f9.-2", "0m", "300000d", "2026-13-01T00:00:00Z"})
  void isNothingElse(String text) {
    assertThatThrownBy(() -> Start.parse("from", text, log.now))
        .isInstanceOfSatisfying(
            InvalidEventException.class, e -> assertThat(e.field()).isEqualTo("from"));
  }
}
