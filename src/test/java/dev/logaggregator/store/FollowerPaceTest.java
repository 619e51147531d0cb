package dev.logaggregator.store;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FollowerPaceTest {

  private static final long CHEAP = MICROSECONDS.toNanos(20);
  private static final long DEAR = MILLISECONDS.toNanos(1);

  private final FollowerPace pace = new FollowerPace(0);

  @Test
  void nobodyRestsWhileTheyTakeLittle() {
    enter(100);
    for (int look = 0; look < 1_000; look++) {
      assertThat(pace.restAfter(CHEAP, MILLISECONDS.toNanos(look))).isZero();
    }
  }

  @Test
  void whoTakesMuchRestsTheLongerTheMoreThereAre() {
    enter(20);
    exhaust();
    assertThat(pace.restAfter(DEAR, 0)).isEqualTo(MILLISECONDS.toNanos(80));
    enter(20);
    assertThat(pace.restAfter(DEAR, 0)).isEqualTo(MILLISECONDS.toNanos(160));
  }

  @Test
  void aCheapOneRestsForLittleBesideDearOnes() {
    enter(100);
    exhaust();
    assertThat(pace.restAfter(CHEAP, 0)).isEqualTo(MILLISECONDS.toNanos(8));
  }

  @Test
  void nobodyRestsForLongerThanASecond() {
    enter(1_000);
    exhaust();
    assertThat(pace.restAfter(SECONDS.toNanos(10), 0)).isEqualTo(SECONDS.toNanos(1));
  }

  @Test
  void whatWasTakenTooMuchIsForgivenWithTime() {
    enter(10);
    assertThat(pace.restAfter(SECONDS.toNanos(10), 0)).isPositive();
    assertThat(pace.restAfter(CHEAP, SECONDS.toNanos(3))).isPositive();
    assertThat(pace.restAfter(CHEAP, SECONDS.toNanos(5))).isZero();
  }

  @Test
  void allTogetherTakeAQuarterOfAProcessor() {
    int followers = 50;
    enter(followers);
    long[] next = new long[followers];
    long taken = 0;
    for (long now = 0; now < SECONDS.toNanos(10); now += MILLISECONDS.toNanos(1)) {
      for (int i = 0; i < followers; i++) {
        if (next[i] <= now) {
          taken += DEAR;
          next[i] = now + pace.restAfter(DEAR, now);
        }
      }
    }
    assertThat(taken).isBetween(SECONDS.toNanos(2), SECONDS.toNanos(3));
  }

  private void enter(int followers) {
    for (int i = 0; i < followers; i++) {
      pace.enter();
    }
  }

  private void exhaust() {
    pace.restAfter(SECONDS.toNanos(1), 0);
  }
}
