package dev.logaggregator.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TalliesTest {

  @Test
  void aQuantileTakesNoMoreRoomTheMoreNumbersThereAre() {
    try (Claim claim = new MemoryAccount(4 << 20).claim(Use.COUNTS, "test")) {
      Tallies tallies = new Tallies(Function.P95, new Room(claim));
      Random random = new Random(5);
      for (int i = 0; i < 1_000_000; i++) {
        tallies.add(0, Double.doubleToLongBits(random.nextDouble()));
      }

      assertThat(tallies.isTruncated()).isFalse();
      assertThat(tallies.figure(0).value()).isBetween(0.94, 0.96);
      assertThat(claim.bytes()).isLessThan(256 << 10);
    }
  }

  @Test
  void whatThereIsNoRoomForHasNoFigure() {
    try (Claim claim = new MemoryAccount(1_000).claim(Use.COUNTS, "test")) {
      Tallies tallies = new Tallies(Function.P95, new Room(claim));
      for (int i = 0; i < 1_000; i++) {
        tallies.add(0, Double.doubleToLongBits(i));
      }

      assertThat(tallies.isTruncated()).isTrue();
      assertThat(tallies.figure(0).isPresent()).isFalse();
    }
  }
}
