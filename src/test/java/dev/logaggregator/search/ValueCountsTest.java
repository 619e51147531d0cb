package dev.logaggregator.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import dev.logaggregator.search.ValueCounts.ValueCount;
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
    ValueCounts sum = ValueCounts.sum(List.of(counts("a", "b"), counts("b")), room());

    assertThat(sum.mostFrequent(10))
        .containsExactly(new ValueCount("b", 2), new ValueCount("a", 1));
    assertThat(sum.total()).isEqualTo(3);
  }

  @Test
  void countsNoMoreThanAHundredThousandValuesApartAndSaysSo() {
    ValueCounts counts = new ValueCounts(room());
    for (int i = 0; i <= 100_000; i++) {
      counts.add("value-" + i);
    }
    counts.add("value-0");

    assertThat(counts.isTruncated()).isTrue();
    assertThat(counts.total()).isEqualTo(100_002);
    assertThat(counts.mostFrequent(1)).containsExactly(new ValueCount("value-0", 2));
    assertThat(ValueCounts.sum(List.of(counts), room()).isTruncated()).isTrue();
  }

  @Test
  void boundsTheMemoryOfLongValuesToo() {
    ValueCounts counts = new ValueCounts(room());
    for (int i = 0; i < 20; i++) {
      counts.add(i + "x".repeat(1 << 20));
    }

    assertThat(counts.isTruncated()).isTrue();
    assertThat(counts.mostFrequent(1_000)).hasSizeLessThan(9);
  }

  @Test
  void tellsNoMoreApartThanThereIsMemoryFor() {
    MemoryAccount account = new MemoryAccount(6 << 20);
    ValueCounts counts = new ValueCounts(account.claim(Use.COUNTS, "a"));
    for (int i = 0; i < 20_000; i++) {
      counts.add("value-" + i);
    }

    assertThat(counts.isTruncated()).isTrue();
    assertThat(counts.total()).isEqualTo(20_000);
    assertThat(counts.mostFrequent(20_000)).hasSizeBetween(2_000, 6_000);
    assertThat(account.usedBytes(Use.COUNTS)).isPositive();
  }

  private static Claim room() {
    return new MemoryAccount(1L << 30).claim(Use.COUNTS, "test");
  }

  private static ValueCounts counts(String... values) {
    ValueCounts counts = new ValueCounts(room());
    for (String value : values) {
      counts.add(value);
    }
    return counts;
  }
}
