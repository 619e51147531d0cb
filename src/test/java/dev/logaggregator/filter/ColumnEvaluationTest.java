package dev.logaggregator.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logaggregator.event.EventView;
import dev.logaggregator.event.RowSelection;
import dev.logaggregator.filter.RandomEvents.Sample;
import dev.logaggregator.store.segment.column.RowGroup;
import dev.logaggregator.store.segment.column.SegmentReader;
import dev.logaggregator.store.segment.column.SegmentWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What conditions say of events in columns agrees with what they say of each event. Repeat a
 * failure with {@code -Dfilter.seed=…}.
 */
class ColumnEvaluationTest {

  private static final int QUERIES_PER_SEGMENT = 40;

  private static final List<String> FIELDS =
      List.of(
          "topic",
          "level",
          "source",
          "id",
          "offset",
          "timestamp",
          "receivedAt",
          "a",
          "b",
          "a.b",
          "b.c",
          "a.b.c",
          "payload",
          "payload.a",
          "attributes.a",
          "attributes",
          "log.level");

  private final SegmentWriter writer = new SegmentWriter();

  @AfterEach
  void close() {
    writer.close();
  }

  @Test
  void columnsSayWhatEventsSay() {
    compare(60);
  }

  @Test
  @Tag("long")
  void columnsSayWhatEventsSayForLong() {
    compare(10_000);
  }

  private void compare(int segments) {
    long firstSeed = Long.getLong("filter.seed", System.nanoTime());
    long[] rows = new long[2];
    for (int i = 0; i < segments; i++) {
      compareOne(firstSeed + i, rows);
    }
    // Else it would be right and of no use.
    assertThat(rows[1]).as("rows that had to be looked at").isLessThan(rows[0] / 4);
  }

  private void compareOne(long seed, long[] rows) {
    Random random = new Random(seed);
    RandomEvents events = new RandomEvents(random);
    // Few different ones, many times, so that there are shapes that are worth columns.
    List<Sample> few = Stream.generate(events::next).limit(1 + random.nextInt(12)).toList();
    List<Sample> samples = new ArrayList<>();
    for (int i = random.nextInt(150); i >= 0; i--) {
      samples.add(random.nextInt(8) == 0 ? events.next() : few.get(random.nextInt(few.size())));
    }
    SegmentReader segment = SampleSegment.of(samples, writer);
    for (String field : FIELDS) {
      try {
        compareValues(field, segment, random);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + field, e);
      }
    }
    for (int i = 0; i < QUERIES_PER_SEGMENT; i++) {
      String q = new RandomQuery(random).next().q();
      Condition condition = Query.parse(q, null).condition();
      try {
        compare(condition, segment, rows);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + q, e);
      }
    }
  }

  private static void compare(Condition condition, SegmentReader segment, long[] rows) {
    EventView view = new EventView(segment.topics());
    for (int i = 0; i < segment.groups(); i++) {
      RowGroup group = segment.group(i);
      RowSelection said = condition.select(segment.group(i), RowSelection.all(group.size()));
      BitSet open = (BitSet) said.possible().clone();
      open.andNot(said.certain());
      rows[0] += group.size();
      rows[1] += open.cardinality();
      for (int row = 0; row < group.size(); row++) {
        group.show(row, view);
        boolean matches = condition.matches(view);
        boolean impossible = matches && !said.possible().get(row);
        if (impossible || (!matches && said.certain().get(row))) {
          throw new AssertionError(
              "%s, but %s %s".formatted(matches, view.payload(), view.attributes()));
        }
      }
    }
  }

  /** The same values of the same events, as often. */
  private static void compareValues(String field, SegmentReader segment, Random random) {
    FieldReader reader = FieldReader.of(field);
    EventView view = new EventView();
    for (int i = 0; i < segment.groups(); i++) {
      RowGroup group = segment.group(i);
      BitSet selected = BitSet.valueOf(new long[] {random.nextLong(), random.nextLong()});
      selected.and(RowSelection.all(group.size()));
      Map<Integer, List<String>> read = new TreeMap<>();
      reader.read(group, selected, new Values(read));
      Map<Integer, List<String>> expected = new TreeMap<>();
      for (int row = selected.nextSetBit(0); row >= 0; row = selected.nextSetBit(row + 1)) {
        group.show(row, view);
        List<String> values = new ArrayList<>();
        reader.read(
            view,
            (text, from, to) ->
                values.add(new String(text, from, to - from, StandardCharsets.UTF_8)));
        values.sort(null);
        if (!values.isEmpty()) {
          expected.put(row, values);
        }
      }
      read.values().forEach(values -> values.sort(null));
      assertThat(read).isEqualTo(expected);
    }
  }

  private static final class Values implements ValueTarget {

    private final Map<Integer, List<String>> read;
    private final List<String> numbered = new ArrayList<>();

    Values(Map<Integer, List<String>> read) {
      this.read = read;
    }

    @Override
    public int number(byte[] text, int from, int to) {
      numbered.add(new String(text, from, to - from, StandardCharsets.UTF_8));
      return numbered.size() - 1;
    }

    @Override
    public void value(int row, int number) {
      read.computeIfAbsent(row, missing -> new ArrayList<>()).add(numbered.get(number));
    }
  }
}
