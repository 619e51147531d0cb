package dev.logaggregator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

  private static final Instant START = Instant.parse("2026-11-22T07:00:00Z");

  private Instant wall = START;
  private long monotonic = 5;
  private final SteadyClock clock = new SteadyClock(() -> wall, () -> monotonic);

  private void pass(Duration time) {
    monotonic += time.toNanos();
    wall = wall.plus(time);
  }

  @Test
  void startsWithTheTimeOfDayAndGoesOnWithIt() {
    assertThat(clock.instant()).isEqualTo(START);
    pass(Duration.ofHours(3));
    assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofHours(3)));
  }

  @Test
  void doesNotFollowAJumpOfADayForthAndBack() {
    wall = wall.plus(Duration.ofDays(1));
    pass(Duration.ofMinutes(1));
    assertThat(clock.instant())
        .isBetween(START.plusSeconds(60), START.plusSeconds(60).plusMillis(60));
    wall = wall.minus(Duration.ofDays(1));
    pass(Duration.ofMinutes(1));
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(120));
  }

  @Test
  void nearsAClockThatDrifts() {
    wall = wall.plusMillis(500);
    for (int i = 0; i < 600; i++) {
      pass(Duration.ofSeconds(1));
      clock.instant();
    }
    assertThat(clock.instant()).isEqualTo(wall);
  }
}
