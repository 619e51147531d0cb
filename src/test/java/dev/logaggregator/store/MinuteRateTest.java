package dev.logaggregator.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MinuteRateTest {

  private final MinuteRate rate = new MinuteRate();

  private void add(long second, int events) {
    for (int i = 0; i < events; i++) {
      rate.add(second);
    }
  }

  @Test
  void countsTheLastMinuteByItsShare() {
    add(6_000, 60);

    assertThat(rate.perSecond(6_059)).isEqualTo(1);
    assertThat(rate.perSecond(6_060)).isEqualTo(1);
    assertThat(rate.perSecond(6_090)).isEqualTo(0.5);
    assertThat(rate.perSecond(6_120)).isZero();
  }

  @Test
  void aClockThatIsSetBackByAMinuteGoesOnAndByTwoBeginsAnew() {
    add(6_000, 60);
    add(5_940, 60);
    assertThat(rate.perSecond(6_000)).isEqualTo(2);

    add(5_880, 6);
    assertThat(rate.perSecond(5_880)).isEqualTo(0.1);
  }

  @Test
  void aClockThatIsSetForthBeginsAnew() {
    add(6_000, 60);
    add(60_000, 6);

    assertThat(rate.perSecond(60_000)).isEqualTo(0.1);
  }
}
