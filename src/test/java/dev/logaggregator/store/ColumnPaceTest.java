package dev.logaggregator.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnPaceTest {

  private long now = Long.MAX_VALUE - 100;
  private final ColumnPace pace = new ColumnPace(() -> now);

  private void write(long nanos) {
    long begun = now;
    now += nanos;
    pace.wrote(begun);
  }

  @Test
  void writesOneSegmentAfterTheOtherWhileNoneComesIn() {
    write(1_000_000);

    assertThat(pace.restNanos()).isNotPositive();
  }

  @Test
  void restsInProportionToWhatASegmentTookWhileOthersComeIn() {
    pace.arrived();
    write(1_000_000);
    assertThat(pace.restNanos()).isEqualTo(ColumnPace.REST * 1_000_000);

    now += ColumnPace.REST * 1_000_000;
    assertThat(pace.restNanos()).isNotPositive();
  }

  @Test
  void restsNoLongerThanUntilAMomentAfterTheLastOneCameIn() {
    pace.arrived();
    write(ColumnPace.CALM_NANOS / 2);

    assertThat(pace.restNanos()).isEqualTo(ColumnPace.CALM_NANOS / 2);
  }
}
