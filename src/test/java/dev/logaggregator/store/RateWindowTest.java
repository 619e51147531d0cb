package dev.logaggregator.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateWindowTest {

  private final RateWindow window = new RateWindow();

  @Test
  void countsTheSecondsThatAreAsked() {
    window.add(1_000, 6);
    window.add(1_059, 6);

    assertThat(window.perSecond(1_059, 60)).isEqualTo(0.2);
    assertThat(window.perSecond(1_060, 60)).isEqualTo(0.1);
    assertThat(window.perSecond(1_060, 1)).isEqualTo(6);
    assertThat(window.perSecond(1_061, 1)).isZero();
  }

  @Test
  void aClockThatIsSetBackALittleCountsForTheLastSecond() {
    window.add(1_000, 3);
    window.add(701, 3);

    assertThat(window.perSecond(1_000, 60)).isEqualTo(0.1);
  }

  @Test
  void aClockThatIsSetBackByTheWholeWindowBeginsAnew() {
    window.add(1_000, 600);
    window.add(700, 6);

    assertThat(window.perSecond(700, 60)).isEqualTo(0.1);
  }

  @Test
  void aClockThatIsSetForthByTheWholeWindowBeginsAnew() {
    window.add(1_000, 600);
    window.add(1_300, 6);

    assertThat(window.perSecond(1_300, 300)).isEqualTo(6 / 300.0);
    window.add(10_000, 6);
    assertThat(window.perSecond(10_000, 300)).isEqualTo(6 / 300.0);
  }
}
