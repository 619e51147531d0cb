package dev.logaggregator.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import dev.logaggregator.search.FieldCounts.Field;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldCountsTest {

  @Test
  void tellsKindDistinctValuesAndBoundsOfEachFieldTheMostFrequentFirst() {
    FieldCounts counts =
        new EncodedEvents()
            .add("{\"b\":true,\"status\":200,\"name\":\"x\",\"mixed\":1}")
            .add("{\"b\":false,\"status\":503,\"name\":\"5\",\"mixed\":\"7\"}")
            .add("{\"status\":[200,2e2,{\"x\":null}],\"empty\":{}}")
            .countedBy(new FieldCounts(room(1 << 20)));

    assertThat(counts.events()).isEqualTo(3);
    assertThat(counts.mostFrequent(10))
        .extracting(FieldCountsTest::described)
        .containsExactly(
            "status number 3 3 200.0 503.0",
            "b boolean 2 2 NaN NaN",
            "mixed mixed 2 2 1.0 7.0",
            "name text 2 2 NaN NaN");
    assertThat(counts.mostFrequent(1)).hasSize(1);
    assertThat(counts.isTruncated()).isFalse();
  }

  @Test
  void addsUpWhatWasCountedApart() {
    FieldCounts one =
        new EncodedEvents().add("{\"a\":1}").countedBy(new FieldCounts(room(1 << 20)));
    FieldCounts other =
        new EncodedEvents()
            .add("{\"b\":1,\"a\":\"x\"}")
            .add("{\"a\":1}")
            .countedBy(new FieldCounts(room(1 << 20)));

    FieldCounts sum = FieldCounts.sum(List.of(one, other));

    assertThat(sum.events()).isEqualTo(3);
    assertThat(sum.mostFrequent(10))
        .extracting(FieldCountsTest::described)
        .containsExactly("a mixed 3 2 1.0 1.0", "b number 1 1 1.0 1.0");
  }

  @Test
  void estimatesHowManyValuesThereAreFromAThousandOn() {
    EncodedEvents events = new EncodedEvents();
    IntStream.range(0, 20_000)
        .forEach(i -> events.add("{\"few\":" + i % 1_000 + ",\"many\":" + i + "}"));
    List<Field> fields = events.countedBy(new FieldCounts(room(1 << 20))).mostFrequent(2);

    assertThat(fields.get(0).figures().distinct()).isEqualTo(new Figure(1_000, false));
    assertThat(fields.get(1).figures().distinct().value()).isBetween(19_600.0, 20_400.0);
    assertThat(fields.get(1).figures().distinct().approximate()).isTrue();
  }

  @Test
  void keepsItsMemoryBoundedHoweverManyFieldsThereAre() {
    EncodedEvents events = new EncodedEvents();
    for (int event = 0; event < 20; event++) {
      int first = event * 1_000;
      events.add(
          IntStream.range(first, first + 1_000)
              .mapToObj(i -> "\"field-" + i + "\":1")
              .collect(Collectors.joining(",", "{", "}")));
    }
    events.add("{\"" + "x".repeat(2_000) + "\":1}");

    FieldCounts most = events.countedBy(new FieldCounts(room(64 << 20)));
    FieldCounts fewer = events.countedBy(new FieldCounts(room(1 << 20)));

    assertThat(most.size()).isEqualTo(10_000);
    assertThat(most.isTruncated()).isTrue();
    assertThat(fewer.size()).isBetween(500, 5_000);
    assertThat(fewer.isTruncated()).isTrue();
    assertThat(FieldCounts.sum(List.of(fewer, most)).isTruncated()).isTrue();
  }

  @Test
  void tellsNoMoreValuesApartThanThereIsMemoryFor() {
    EncodedEvents events = new EncodedEvents();
    IntStream.range(0, 900).forEach(i -> events.add("{\"a\":" + i + "}"));
    FieldCounts counts = events.countedBy(new FieldCounts(room(6_000)));

    Figure distinct = counts.mostFrequent(1).getFirst().figures().distinct();
    assertThat(distinct.value()).isBetween(100.0, 600.0);
    assertThat(distinct.approximate()).isTrue();
    assertThat(counts.isTruncated()).isTrue();
  }

  private static String described(Field field) {
    FieldFigures figures = field.figures();
    return String.join(
        " ",
        field.name(),
        figures.kind(),
        Long.toString(figures.events()),
        Long.toString((long) figures.distinct().value()),
        Double.toString(figures.min().value()),
        Double.toString(figures.max().value()));
  }

  private static Room room(long bytes) {
    return new Room(new MemoryAccount(6 * bytes).claim(Use.COUNTS, "test"));
  }
}
