package dev.logaggregator.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Large bodies share a bound, small ones don't count. */
class BodyMemoryTest {

  private static final int FREE = BodyMemory.FREE_BYTES;

  private final BodyMemory memory = new BodyMemory(1000);

  @Test
  void costsASmallBodyNothing() {
    BodyMemory.Share share = memory.share();
    share.atLeast(FREE);
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void reservesWhatIsNeededOnceAndGivesItBack() {
    try (BodyMemory.Share share = memory.share()) {
      share.atLeast(FREE + 300);
      share.atLeast(FREE + 300);
      share.atLeast(FREE + 200);
      assertThat(memory.usedBytes()).isEqualTo(300);
      share.atLeast(FREE + 1000);
      assertThat(memory.usedBytes()).isEqualTo(1000);
    }
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void sendsAwayWhoComesTooManyForAWhile() {
    try (BodyMemory.Share first = memory.share();
        BodyMemory.Share second = memory.share()) {
      first.atLeast(FREE + 600);
      assertRefused(429, () -> second.atLeast(FREE + 401));
      assertThat(memory.usedBytes()).isEqualTo(600);
      second.atLeast(FREE + 400);
    }
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void sendsAwayForGoodWhatWouldNeverFit() {
    assertRefused(413, () -> memory.share().atLeast(FREE + 1001));
  }

  private static void assertRefused(int status, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.getStatusCode().value()).isEqualTo(status));
  }
}
