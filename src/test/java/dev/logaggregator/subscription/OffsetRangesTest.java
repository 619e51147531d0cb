package dev.logaggregator.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

class OffsetRangesTest {

  @Test
  void joinsRangesThatTouch() {
    OffsetRanges ranges = new OffsetRanges(9);
    ranges.add(12, 13);
    ranges.add(15, 20);
    assertThat(ranges.size()).isEqualTo(3);
    assertThat(ranges.floor()).isEqualTo(9);

    ranges.add(14, 14);
    assertThat(ranges.size()).isEqualTo(2);
    ranges.add(10, 11);
    assertThat(ranges.size()).isEqualTo(1);
    assertThat(ranges.floor()).isEqualTo(20);
  }

  @Test
  void beginAnewWithNothingAboveTheFloor() {
    OffsetRanges ranges = new OffsetRanges(9);
    ranges.add(12, 13);
    ranges.reset(4);

    assertThat(ranges.floor()).isEqualTo(4);
    assertThat(ranges.last()).isEqualTo(4);
    assertThat(ranges.contains(12)).isFalse();
  }

  /** Against a plain set of numbers. */
  @Test
  void isTheSetOfWhatWasAddedAndNotTakenOut() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      OffsetRanges ranges = new OffsetRanges(-1);
      Set<Long> expected = new TreeSet<>();
      for (int step = 0; step < 50; step++) {
        long from = random.nextInt(100);
        long to = Math.min(99, from + random.nextInt(10));
        if (random.nextInt(4) == 0) {
          ranges.remove(from);
          expected.remove(from);
        } else {
          ranges.add(from, to);
          for (long offset = from; offset <= to; offset++) {
            expected.add(offset);
          }
        }
        for (long offset = 0; offset < 101; offset++) {
          assertThat(ranges.contains(offset)).isEqualTo(expected.contains(offset));
        }
        long floor = -1;
        while (expected.contains(floor + 1)) {
          floor++;
        }
        assertThat(ranges.floor()).isEqualTo(floor);
        long position = random.nextInt(-1, 101);
        LongPredicate after = ranges.after(position);
        for (long offset = position + 1; offset < 110; offset++) {
          assertThat(after.test(offset)).isEqualTo(expected.contains(offset));
        }
      }
    }
  }
}
