package dev.logaggregator.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logaggregator.event.InvalidEventException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketWidthTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 1s",
    "PT0.001S, 1ms",
    "PT1S, 20ms",
    "PT1M, 1s",
    "PT5M, 5s",
    "PT10M, 10s",
    "PT15M, 15s",
    "PT1H, 1m",
    "PT6H, 10m",
    "PT24H, 30m",
    "P7D, 3h",
    "P30D, 12h",
    "P365D, 10d",
    "P3650000D, 100000d"
  })
  void isRoundAndMakesAboutSixtyBuckets(Duration range, String width) {
    assertThat(BucketWidth.forRange(range.toMillis())).hasToString(width);
  }

  @ParameterizedTest
  @CsvSource({"PT0.25S, 250ms", "PT10S, 10s", "PT90S, 90s", "PT60S, 1m", "PT2H, 2h", "PT168H, 7d"})
  void isWrittenAsAParameterWouldBe(Duration interval, String text) {
    assertThat(BucketWidth.of(interval)).hasToString(text);
  }

  @Test
  void isOfWholeMilliseconds() {
    assertThatThrownBy(() -> BucketWidth.of(Duration.ofNanos(1_500_000)))
        .isInstanceOf(InvalidEventException.class);
    assertThatThrownBy(() -> BucketWidth.of(Duration.ofNanos(100)))
        .isInstanceOf(InvalidEventException.class);
  }

  @Test
  void alignsBucketsToTheEpochBeforeItToo() {
    BucketWidth width = BucketWidth.of(Duration.ofSeconds(10));

    assertThat(width.start(width.bucket(19_999))).isEqualTo(10_000);
    assertThat(width.start(width.bucket(-1))).isEqualTo(-10_000);
  }

  @Test
  void everyFineWidthDividesEveryRoundOneThatIsNotSmaller() {
    for (BucketWidth fine = BucketWidth.FINEST;
        !fine.equals(fine.coarser());
        fine = fine.coarser()) {
      for (long range = 0; range < Duration.ofDays(3_650_000).toMillis(); range = range * 2 + 1) {
        BucketWidth round = BucketWidth.forRange(range);
        if (round.millis() >= fine.millis()) {
          assertThat(round.millis() % fine.millis()).as("%s in %s", fine, round).isZero();
        }
      }
    }
  }
}
