package dev.logaggregator.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.logaggregator.event.InvalidEventException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "250ms, PT0.25S",
    "15s, PT15S",
    "15m, PT15M",
    "2h, PT2H",
    "7d, P7D",
    "PT15M, PT15M",
    "pt1h30m, PT1H30M",
    "P1D, P1D",
    "106751d, P106751D",
  })
  void readsShortAndIsoForms(String text, Duration duration) {
    assertThat(Durations.parse("wait", text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "15",
        "m",
        "-15m",
        "0s",
        "PT0S",
        "-PT1S",
        "1.5h",
        "15 m",
        "15M",
        "15min",
        "1w",
        "106752d",
        "999999999999999d",
        "9999999999999999999s",
        "PT99999999999999999999S",
        "１５m"
      })
  void refusesAnythingElse(String text) {
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> Durations.parse("wait", text))
        .satisfies(e -> assertThat(e.field()).isEqualTo("wait"))
        .withMessage("must be a positive duration such as 250ms, 15s, 15m, 2h, 7d or PT15M");
  }

  @ParameterizedTest
  @ValueSource(strings = {"106751d", "P106751DT23H47M16.854775807S"})
  void whatIsReadFitsNanoseconds(String text) {
    assertThat(Durations.parse("wait", text).toNanos()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "000", "0ms", "0s", "0d", "PT0S"})
  void readsNoTimeAtAllWhereItMayBe(String text) {
    assertThat(Durations.parseOrZero("delay", text)).isZero();
    assertThat(Durations.parseOrZero("delay", "1s")).isEqualTo(Duration.ofSeconds(1));
    assertThatExceptionOfType(InvalidEventException.class)
        .isThrownBy(() -> Durations.parseOrZero("delay", "-" + text));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT0.25S, 250ms",
    "PT1.5S, 1500ms",
    "PT90S, 90s",
    "PT15M, 15m",
    "PT90M, 90m",
    "PT2H, 2h",
    "PT25H, 25h",
    "P7D, 7d",
    "PT0.0129S, 12ms",
  })
  void writesTheLargestUnitThatNeedsNoFraction(Duration duration, String text) {
    assertThat(Durations.format(duration)).isEqualTo(text);
  }
}
