package dev.logaggregator.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T07:00:00Z, 2026-11-22T07:00:00Z",
    "2026-11-22t07:00:00z, 2026-11-22T07:00:00Z",
    "2026-11-22 07:00:00Z, 2026-11-22T07:00:00Z",
    "2026-11-22T07:00:00.1Z, 2026-11-22T07:00:00.1Z",
    "2026-11-22T07:00:00.123456789Z, 2026-11-22T07:00:00.123456789Z",
    "2026-11-22T07:00:00.1234567899999Z, 2026-11-22T07:00:00.123456789Z",
    "2026-11-22T14:00:00+07:00, 2026-11-22T07:00:00Z",
    "2026-11-22T00:30:00.5-06:30, 2026-11-22T07:00:00.5Z",
    "2026-11-22T07:00:00+00:00, 2026-11-22T07:00:00Z",
    "2026-11-22T07:00:00-00:00, 2026-11-22T07:00:00Z",
    "2024-02-29T23:59:59Z, 2024-02-29T23:59:59Z",
    "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
    "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999999Z"
  })
  void readsRfc3339(String text, Instant time) {
    assertThat(Timestamps.parse(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00Z",
    "1, 1970-01-01T00:00:01Z",
    "1795330800, 2026-11-22T07:00:00Z",
    "99999999999, 5138-11-16T09:46:39Z",
    "100000000000, 1973-03-03T09:46:40Z",
    "1795330800123, 2026-11-22T07:00:00.123Z",
    "99999999999999, 5138-11-16T09:46:39.999Z",
    "100000000000000, 1973-03-03T09:46:40Z",
    "1795330800123456, 2026-11-22T07:00:00.123456Z",
    "99999999999999999, 5138-11-16T09:46:39.999999Z",
    "100000000000000000, 1973-03-03T09:46:40Z",
    "1795330800123456789, 2026-11-22T07:00:00.123456789Z",
    "9223372036854775807, 2262-04-11T23:47:16.854775807Z",
    "000001795330800, 2026-11-22T07:00:00Z",
    "-1, 1969-12-31T23:59:59Z",
    "-1795330800123, 1913-02-09T16:59:59.877Z",
    "1795330800.25, 2026-11-22T07:00:00.25Z",
    "1795330800123.5, 2026-11-22T07:00:00.1235Z",
    "-0.5, 1969-12-31T23:59:59.5Z",
    "1.7953308e9, 2026-11-22T07:00:00Z",
    "1795330800123E+0, 2026-11-22T07:00:00.123Z",
    "0.0000000001, 1970-01-01T00:00:00Z"
  })
  void readsNumbersByTheirSize(String text, Instant time) {
    assertThat(Timestamps.parse(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "now",
        "15m",
        "2026-11",
        "2026-11-22",
        "2026-11-22T07:00Z",
        "2026-11-22T07:00:00",
        "2026-11-22T07:00:00.Z",
        "2026-11-22T07:00:00,5Z",
        "2026-11-22T07:00:00ZZ",
        "2026-11-22T07:00:00 Z",
        "2026-11-22T07:00:00+07",
        "2026-11-22T07:00:00+0700",
        "2026-11-22T07:00:00+24:00",
        "2026-11-22T07:00:00+07:60",
        "2026-11-22T24:00:00Z",
        "2026-11-22T07:60:00Z",
        "2026-11-22T07:00:61Z",
        "2026-13-22T07:00:00Z",
        "2026-00-22T07:00:00Z",
        "2026-02-29T07:00:00Z",
        "2026-11-00T07:00:00Z",
        "2026-11-31T07:00:00Z",
        "2026/11/22T07:00:00Z",
        "20261122T070000Z",
        " 2026-11-22T07:00:00Z",
        "2026-11-22X07:00:00Z",
        "-2026-11-22T07:00:00Z",
        "+1",
        "1.",
        ".5",
        "1e",
        "1e999",
        "1e99",
        "0x1",
        "1_000",
        "1,5",
        "NaN",
        "Infinity",
        "--1",
        "1 ",
        "999999999999999999999999",
        "-99999999999999999999999",
        "1111111111111111111111111111111111111111111",
        "２０２６-11-22T07:00:00Z",
        "１"
      })
  void readsNothingElse(String text) {
    assertThat(Timestamps.parse(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01"})
  void readsNothingOutsideOfFourDigitYears(String text) {
    assertThat(Timestamps.parse(text)).isNull();
  }

  @Test
  void readsWhatInstantsWrite() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      Instant time =
          Instant.ofEpochSecond(
              random.nextLong(-60_000_000_000L, 250_000_000_000L), random.nextInt(1_000_000_000));
      assertThat(Timestamps.parse(time.toString())).as("seed %d", seed).isEqualTo(time);
    }
  }

  /** Integers go a way of their own, which must lead where the general one does. */
  @Test
  void readsIntegersAsTheNumbersThatTheyAre() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      long number = random.nextLong(Long.MAX_VALUE) >>> random.nextInt(62);
      assertThat(Timestamps.parse(Long.toString(number)))
          .as("seed %d: %d", seed, number)
          .isEqualTo(Timestamps.parse(BigDecimal.valueOf(number) + ".0"));
    }
  }

  @Test
  void looksAtNothingBeyondItsLimits() {
    byte[] bytes = "91795330800Z9".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    assertThat(Timestamps.parse(bytes, 1, 11)).isEqualTo("2026-11-22T07:00:00Z");
    byte[] rfc = "x2026-11-22T07:00:00Zx".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    assertThat(Timestamps.parse(rfc, 1, rfc.length - 1)).isEqualTo("2026-11-22T07:00:00Z");
    assertThat(Timestamps.parse(rfc, 1, rfc.length)).isNull();
  }
}
