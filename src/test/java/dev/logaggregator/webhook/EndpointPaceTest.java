package dev.logaggregator.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EndpointPaceTest {

  private static Duration backoff(int failures) {
    return Duration.ofSeconds(Math.min(failures, 3));
  }

  private final EndpointPace pace = new EndpointPace(4);

  private void fail(long nowMillis) {
    pace.failed(nowMillis, EndpointPaceTest::backoff, null);
  }

  @Test
  void growsByOneWithEachSuccessAndHalvesWithEachFailure() {
    assertThat(pace.limit()).isEqualTo(1);
    for (int i = 0; i < 10; i++) {
      pace.succeeded();
    }
    assertThat(pace.limit()).isEqualTo(4);
    fail(0);
    assertThat(pace.limit()).isEqualTo(2);
    fail(0);
    fail(0);
    assertThat(pace.limit()).isEqualTo(1);
  }

  @Test
  void pausesLongerAndLongerFromTheThirdFailureInARowOn() {
    fail(0);
    fail(0);
    assertThat(pace.pause(0)).isZero();
    fail(0);
    assertThat(pace.pause(0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(pace.pause(400)).isEqualTo(Duration.ofMillis(600));
    fail(1_000);
    assertThat(pace.pause(1_000)).isEqualTo(Duration.ofSeconds(2));
    fail(3_000);
    fail(6_000);
    assertThat(pace.pause(6_000)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void isGoodAgainAfterOneSuccess() {
    fail(0);
    fail(0);
    pace.succeeded();
    fail(0);
    assertThat(pace.pause(0)).isZero();
  }

  @Test
  void pausesAsLongAsItWasAskedTo() {
    pace.failed(0, EndpointPaceTest::backoff, Duration.ofMinutes(1));
    assertThat(pace.pause(0)).isEqualTo(Duration.ofMinutes(1));

    fail(0);
    assertThat(pace.pause(0)).as("a shorter one doesn't end it").isEqualTo(Duration.ofMinutes(1));
  }
}
