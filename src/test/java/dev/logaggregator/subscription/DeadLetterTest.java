package dev.logaggregator.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeadLetterTest {

  @Test
  void keepsAReasonOfTheLargestLengthWholeAndCutsALongerOne() {
    String longest = "x".repeat(DeadLetter.LONGEST_REASON);

    assertThat(DeadLetter.shortened(longest)).isEqualTo(longest);
    assertThat(DeadLetter.shortened(longest + "y"))
        .hasSize(DeadLetter.LONGEST_REASON)
        .endsWith("x…");
  }
}
