package dev.logaggregator.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.subscription.Backlog.Found;
import dev.logaggregator.subscription.Backlog.Part;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BacklogTest {

  /** Against a plain set of offsets: counting and delivering go on at the same time. */
  @Test
  void isWhatLiesBetweenThePositionAndWhereCountingHasCome() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      TreeSet<Long> matching = new TreeSet<>();
      for (long offset = 0; offset < 100; offset++) {
        if (random.nextBoolean()) {
          matching.add(offset);
        }
      }
      Backlog backlog = new Backlog(-1);
      long position = -1;
      @Nullable Part part = null;
      for (int step = 0; step < 40; step++) {
        if (random.nextBoolean()) {
          long to = Math.min(99, position + random.nextInt(15));
          matching
              .subSet(position, false, Math.max(to, position), true)
              .forEach(backlog::delivered);
          position = Math.max(to, position);
          backlog.passed(position);
        } else if (part == null) {
          part = backlog.begin();
        } else {
          long to = Math.min(99, part.from() + random.nextInt(30));
          var inPart = matching.subSet(part.from(), false, Math.max(to, part.from()), true);
          long first = inPart.isEmpty() ? -1 : inPart.first();
          backlog.add(part, new Found(to, inPart.size(), first, first * 1_000, 0));
          part = null;
        }

        assertThat(backlog.countedTo()).as("seed %d", seed).isGreaterThanOrEqualTo(position);
        var expected = matching.subSet(position, false, backlog.countedTo(), true);
        assertThat(backlog.counted()).as("seed %d", seed).isEqualTo(expected.size());
        if (!expected.isEmpty() && !backlog.lacksFirst()) {
          assertThat(backlog.firstReceivedMillis())
              .as("seed %d", seed)
              .isEqualTo(expected.first() * 1_000);
        }
      }
    }
  }

  @Test
  void isCountedAnewWhenWhatWasCountedMayBeGone() {
    Backlog backlog = new Backlog(-1);
    backlog.add(backlog.begin(), new Found(9, 10, 0, 0, 0));
    assertThat(backlog.counted()).isEqualTo(10);

    backlog.add(backlog.begin(), new Found(19, 10, 10, 10, 5));
    assertThat(backlog.counted()).isZero();
    backlog.add(backlog.begin(), new Found(19, 15, 5, 5, 5));
    assertThat(backlog.counted()).isEqualTo(15);
    backlog.add(backlog.begin(), new Found(29, 10, 20, 20, 5));
    assertThat(backlog.counted()).as("nothing more has gone").isEqualTo(25);
  }

  @Test
  void whatWasBegunBeforeItWasBegunAnewDoesNotCount() {
    Backlog backlog = new Backlog(-1);
    Part part = backlog.begin();
    backlog.restart(50);
    backlog.add(part, new Found(100, 7, 60, 60, 0));

    assertThat(backlog.counted()).isZero();
    assertThat(backlog.countedTo()).isEqualTo(50);
  }
}
