package dev.logaggregator.subscription;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WaitingPullsTest {

  private final WaitingPulls pulls = new WaitingPulls(3, 2);

  private void assertRefused(String client, String setting) {
    assertThatThrownBy(() -> pulls.take(client))
        .isInstanceOf(TooManyWaitingPullsException.class)
        .hasMessageContaining(setting);
  }

  @Test
  void areNoMoreOfOneClientThanItMayHave() {
    pulls.take("a");
    WaitingPulls.Place second = pulls.take("a");
    assertRefused("a", "max-waiting-pulls-per-client allows (2)");
    assertRefused("a", "max-waiting-pulls-per-client");

    second.close();
    pulls.take("a");
    assertRefused("a", "max-waiting-pulls-per-client");
  }

  @Test
  void areNoMoreInAllThanThereArePlaces() {
    WaitingPulls.Place first = pulls.take("a");
    pulls.take("b");
    pulls.take("c");
    assertRefused("d", "max-waiting-pulls allows");

    first.close();
    pulls.take("d");
    assertRefused("d", "max-waiting-pulls allows");
  }
}
