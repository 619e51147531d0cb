package dev.logaggregator.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.filter.FieldReader;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import dev.logaggregator.search.ValueCounts.Sort;
import dev.logaggregator.search.ValueCounts.ValueCount;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ValueCountsTest {

  private static final FieldReader FIELD = FieldReader.of("a");
  private static final Measure SUM = new Measure(FieldReader.of("n"), Function.SUM);

  @Test
  void namesTheMostFrequentValuesFirstAndEqualOnesByName() {
    ValueCounts counts = counts("b", "a", "c", "c", "d");

    assertThat(counts.first(3, Sort.COUNT))
        .containsExactly(count("c", 2), count("a", 1), count("b", 1));
    assertThat(counts.total()).isEqualTo(5);
    assertThat(counts.isTruncated()).isFalse();
  }

  @Test
  void addsUpWhatWasCountedApart() {
    ValueCounts sum = ValueCounts.sum(List.of(counts("a", "b"), counts("b")));

    assertThat(sum.first(10, Sort.COUNT)).containsExactly(count("b", 2), count("a", 1));
    assertThat(sum.total()).isEqualTo(3);
  }

  @Test
  void measuresTheEventsOfEachValueAndSortsByThat() {
    EncodedEvents events =
        new EncodedEvents()
            .add("{\"a\":\"x\",\"n\":1}")
            .add("{\"a\":\"x\",\"n\":[2,\"0.5\"]}")
            .add("{\"a\":\"y\",\"n\":10}")
            .add("{\"a\":[\"x\",\"y\"],\"n\":100}")
            .add("{\"a\":\"z\",\"n\":\"none\"}")
            .add("{\"a\":\"z\"}");
    ValueCounts counts = events.countedBy(ValueCounts.of(FIELD, SUM, room()));

    ValueCount x = new ValueCount("x", 3, new Figure(103.5, false));
    ValueCount y = new ValueCount("y", 2, new Figure(110, false));
    assertThat(counts.first(10, Sort.COUNT)).containsExactly(x, y, count("z", 2));
    assertThat(counts.first(10, Sort.VALUE)).containsExactly(y, x, count("z", 2));
    assertThat(counts.first(1, Sort.VALUE)).containsExactly(y);
  }

  @Test
  void measuresOnlyChosenValues() {
    EncodedEvents events = new EncodedEvents().add("{\"a\":1,\"n\":4}").add("{\"a\":2,\"n\":5}");
    ValueCounts counts = events.countedBy(ValueCounts.ofChosen(FIELD, SUM, List.of("2"), room()));

    assertThat(counts.first(10, Sort.COUNT))
        .containsExactly(new ValueCount("2", 1, new Figure(5, false)));
    assertThat(counts.total()).isEqualTo(2);
    assertThat(counts.isTruncated()).isFalse();
  }

  @Test
  void measuresABoundedNumberOfValuesOfAnEventAndSaysSo() {
    String array = "1,".repeat(Operands.MOST_A_ROW) + "1";
    EncodedEvents events = new EncodedEvents().add("{\"a\":[" + array + "],\"n\":[" + array + "]}");
    ValueCounts counted = events.countedBy(ValueCounts.of(FIELD, null, room()));
    ValueCounts measured = events.countedBy(ValueCounts.of(FIELD, SUM, room()));

    assertThat(counted.first(1, Sort.COUNT)).containsExactly(count("1", Operands.MOST_A_ROW + 1));
    assertThat(counted.isTruncated()).isFalse();
    assertThat(measured.first(1, Sort.COUNT))
        .containsExactly(
            new ValueCount(
                "1",
                RowGroups.MOST_A_ROW,
                new Figure((double) RowGroups.MOST_A_ROW * Operands.MOST_A_ROW, false)));
    assertThat(measured.isTruncated()).isTrue();
  }

  @Test
  void countsNoMoreThanAHundredThousandValuesApartAndSaysSo() {
    String[] values =
        IntStream.rangeClosed(0, 100_001).mapToObj(i -> "v" + i % 100_001).toArray(String[]::new);
    ValueCounts counts = counts(values);

    assertThat(counts.isTruncated()).isTrue();
    assertThat(counts.total()).isEqualTo(100_002);
    assertThat(counts.first(1, Sort.COUNT)).containsExactly(count("v0", 2));
    assertThat(ValueCounts.sum(List.of(counts("a"), counts)).isTruncated()).isTrue();
  }

  @Test
  void boundsTheMemoryOfLongValuesToo() {
    EncodedEvents events = new EncodedEvents();
    IntStream.range(0, 20).forEach(i -> events.add(withA(i + "x".repeat(1 << 20))));
    ValueCounts counts = events.countedBy(ValueCounts.of(FIELD, null, room()));

    assertThat(counts.isTruncated()).isTrue();
    assertThat(counts.first(1_000, Sort.COUNT)).hasSizeBetween(1, 8);
  }

  @Test
  void tellsNoMoreApartThanThereIsMemoryFor() {
    MemoryAccount account = new MemoryAccount(7 << 20);
    Room little = new Room(account.claim(Use.COUNTS, "a"));
    EncodedEvents events = new EncodedEvents();
    IntStream.range(0, 20_000).forEach(i -> events.add(withA("value-" + i)));
    ValueCounts counts = events.countedBy(ValueCounts.of(FIELD, null, little));

    assertThat(counts.isTruncated()).isTrue();
    assertThat(counts.total()).isEqualTo(20_000);
    assertThat(counts.first(20_000, Sort.COUNT)).hasSizeBetween(2_000, 10_000);
    assertThat(account.usedBytes(Use.COUNTS)).isPositive();
  }

  @Test
  void givesUpMeasuringWhatThereIsNoMemoryFor() {
    Room little = new Room(new MemoryAccount(7 << 14).claim(Use.COUNTS, "a"));
    EncodedEvents events = new EncodedEvents();
    IntStream.range(0, 20_000).forEach(i -> events.add("{\"a\":\"x\",\"n\":" + i + "}"));
    ValueCounts counts =
        events.countedBy(
            ValueCounts.of(FIELD, new Measure(FieldReader.of("n"), Function.UNIQUE), little));

    assertThat(counts.first(10, Sort.VALUE)).containsExactly(count("x", 20_000));
    assertThat(counts.isTruncated()).isTrue();
  }

  private static ValueCount count(String value, long count) {
    return new ValueCount(value, count, Figure.NONE);
  }

  private static String withA(String value) {
    return "{\"a\":\"" + value + "\"}";
  }

  private static Room room() {
    return new Room(new MemoryAccount(1L << 30).claim(Use.COUNTS, "test"));
  }

  private static ValueCounts counts(String... values) {
    EncodedEvents events = new EncodedEvents();
    for (String value : values) {
      events.add(withA(value));
    }
    return events.countedBy(ValueCounts.of(FIELD, null, room()));
  }
}
