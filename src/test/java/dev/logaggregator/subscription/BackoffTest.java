package dev.logaggregator.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMillis(8_001));

  @ParameterizedTest
  @CsvSource({"1, PT1S", "2, PT2S", "3, PT4S", "4, PT8S", "5, PT8.001S", "6, PT8.001S"})
  void doublesWithEachFailureUpToTheLongest(int failures, Duration pause) {
    assertThat(backoff.after(failures)).isEqualTo(pause);
  }

  @Test
  void reachesTheLongestHoweverOftenItFails() {
    Backoff widest = new Backoff(Duration.ofMillis(1), Duration.ofDays(7));
    for (int failures = 31; failures <= 1_000; failures++) {
      assertThat(widest.after(failures)).isEqualTo(Duration.ofDays(7));
    }
  }
}
