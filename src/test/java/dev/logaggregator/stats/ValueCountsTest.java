package dev.logaggregator.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.stats.ValueCounts.ValueCount;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueCountsTest {

  @Test
  void namesTheMostFrequentValuesFirstAndEqualOnesByName() {
    ValueCounts counts = counts("b", "a", "c", "c", "d");

    assertThat(counts.mostFrequent(3))
        .containsExactly(new ValueCount("c", 2), new ValueCount("a", 1), new ValueCount("b", 1));
    assertThat(counts.total()).isEqualTo(5);
    assertThat(counts.isTruncated()).isFalse();
  }

  @Test
  void addsUpWhatWasCountedApart() {
    ValueCounts sum = ValueCounts.sum(List.of(counts("a", "b"), counts("b")));

    assertThat(sum.mostFrequent(10))
        .containsExactly(new ValueCount("b", 2), new ValueCount("a", 1));
    assertThat(sum.total()).isEqualTo(3);
  }

  @Test
  void countsNoMoreThanAHundredThousandValuesApartAndSaysSo() {
    ValueCounts counts = new ValueCounts();
    for (int i = 0; i <= 100_000; i++) {
      counts.add("value-" + i);
    }
    counts.add("value-0");

    assertThat(counts.isTruncated()).isTrue();
    assertThat(counts.total()).isEqualTo(100_002);
    assertThat(counts.mostFrequent(1)).containsExactly(new ValueCount("value-0", 2));
    assertThat(ValueCounts.sum(List.of(counts)).isTruncated()).isTrue();
  }

  @Test
  void boundsTheMemoryOfLongValuesToo() {
    ValueCounts counts = new ValueCounts();
    for (int i = 0; i < 20; i++) {
      counts.add(i + "x".repeat(1 << 20));
    }

    assertThat(counts.isTruncated()).isTrue();
    assertThat(counts.mostFrequent(1_000)).hasSizeLessThan(9);
  }

  private static ValueCounts counts(String... values) {
    ValueCounts counts = new ValueCounts();
    for (String value : values) {
      counts.add(value);
    }
    return counts;
  }
}
