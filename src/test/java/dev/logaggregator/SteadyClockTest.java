package dev.logaggregator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteadyClockTest {

  private static final Instant START = Instant.parse("2026-11-22T07:00:00Z");

  private Instant wall = START;
  private long monotonic = 5;
  private final SteadyClock clock = new SteadyClock(() -> wall, () -> monotonic);

  /** Time passes while the clock is asked twice a second, as the service does. */
  private void pass(Duration time) {
    Duration step = Duration.ofMillis(500);
    for (Duration left = time; left.isPositive(); left = left.minus(step)) {
      monotonic += step.toNanos();
      wall = wall.plus(step);
      clock.instant();
    }
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
    pass(Duration.ofMinutes(4));
    assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofMinutes(4)));
    wall = wall.minus(Duration.ofDays(1));
    pass(Duration.ofMinutes(4));
    assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofMinutes(8)));
  }

  @Test
  void doesNotFollowJumpsHoweverOftenTheyAreUndone() {
    for (int i = 0; i < 10; i++) {
      wall = wall.plus(Duration.ofDays(1));
      pass(Duration.ofMinutes(4));
      wall = wall.minus(Duration.ofDays(1));
      pass(Duration.ofMinutes(1));
    }
    assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofMinutes(50)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT8H", "-PT8H", "P3650D", "-P3650D", "PT3S", "-PT3S"})
  void followsAJumpThatLasts(Duration jump) {
    wall = wall.plus(jump);
    pass(Duration.ofMinutes(5));
    assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofMinutes(5)));
    pass(Duration.ofSeconds(2));
    assertThat(clock.instant()).isEqualTo(wall);
    pass(Duration.ofHours(1));
    assertThat(clock.instant()).isEqualTo(wall);
  }

  @Test
  void followsAMachineThatSlept() {
    wall = wall.plus(Duration.ofHours(8)); // while the monotonic clock stood still
    pass(Duration.ofMinutes(6));
    assertThat(clock.instant()).isEqualTo(wall);
  }

  @Test
  void aSecondJumpHasToLastAsLong() {
    wall = wall.plus(Duration.ofHours(8));
    pass(Duration.ofMinutes(4));
    wall = wall.plus(Duration.ofHours(8));
    pass(Duration.ofMinutes(4));
    assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofMinutes(8)));
    pass(Duration.ofMinutes(2));
    assertThat(clock.instant()).isEqualTo(wall);
  }

  @Test
  void whatWasOnceRightIsFollowedBackToo() {
    wall = wall.plus(Duration.ofDays(1));
    pass(Duration.ofMinutes(6));
    wall = wall.minus(Duration.ofDays(1));
    pass(Duration.ofMinutes(6));
    assertThat(clock.instant()).isEqualTo(wall);
  }

  @Test
  void nearsAClockThatDriftsInSmallSteps() {
    wall = wall.plusMillis(500);
    pass(Duration.ofSeconds(1));
    assertThat(clock.instant()).isEqualTo(START.plusMillis(1_001));
    pass(Duration.ofMinutes(10));
    assertThat(clock.instant()).isEqualTo(wall);
  }

  @Test
  void neverGoesBackwardsWhileItNearsOne() {
    wall = wall.minusMillis(1_900);
    Instant last = clock.instant();
    for (int i = 0; i < 10_000; i++) {
      pass(Duration.ofMillis(500));
      assertThat(clock.instant()).isAfter(last);
      last = clock.instant();
    }
    assertThat(clock.instant()).isEqualTo(wall);
  }
}
