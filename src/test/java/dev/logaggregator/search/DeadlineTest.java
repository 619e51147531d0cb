package dev.logaggregator.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeadlineTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

  @Test
  void passesWhenTheTimeIsOverWhateverTheClockStartsAt() {
    Deadline deadline = new Deadline(Duration.ofNanos(10), now::get);

    now.addAndGet(9);
    assertThat(deadline.hasPassed()).isFalse();
    now.addAndGet(1);
    assertThat(deadline.hasPassed()).isTrue();
  }

  @Test
  void leavesOutWhatIsWaitedFor() {
    Deadline deadline = new Deadline(Duration.ofNanos(10), now::get);

    deadline.pause();
    now.addAndGet(100);
    deadline.resume();
    now.addAndGet(9);

    assertThat(deadline.hasPassed()).isFalse();
  }

  @Test
  void neverPassesWhereThereIsNone() {
    Deadline deadline = new Deadline(Duration.ofSeconds(Long.MAX_VALUE), now::get);

    now.addAndGet(Duration.ofDays(365).toNanos());

    assertThat(deadline.hasPassed()).isFalse();
  }
}
