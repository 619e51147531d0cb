package dev.logaggregator.filter;

import dev.logaggregator.event.BlockFilter;
import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventColumn;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.RowSelection;
import dev.logaggregator.json.JsonEscapes;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the events in which a field that is not the envelope's has one of some values.
 *
 * <p>Before the JSON is walked through, the event's bytes are searched for a text without which it
 * can't match: that is several times faster, and most events of most queries don't have it.
 */
final class FieldCondition implements Condition {

  private final FieldLookup path;
  private final List<FieldValue> values;
  private final ValueTest[] tests;
  private final ValueTest anyTest = this::test;
  private final int[] nameTrigrams;
  private final int[][] valueTrigrams;
  private final @Nullable Needle hint;

  /** Of the strings that pass; null if others may. */
  private final long @Nullable [] textHashes;

  private final boolean takesNumbersByValue;

  FieldCondition(FieldLookup path, List<FieldValue> values) {
    this.path = path;
    this.values = values;
    this.tests = values.stream().map(FieldValue::test).toArray(ValueTest[]::new);
    this.nameTrigrams = Trigrams.of(Arrays.asList(path.name().split("\\.")));
    this.valueTrigrams =
        values.stream().map(value -> Trigrams.of(value.required())).toArray(int[][]::new);
    this.hint = hint();
    this.textHashes = textHashes(values);
    this.takesNumbersByValue = values.stream().allMatch(value -> value.numbers() != null);
  }

  private static long @Nullable [] textHashes(List<FieldValue> values) {
    long[] hashes = new long[values.size()];
    for (int i = 0; i < hashes.length; i++) {
      String text = values.get(i).text();
      if (text == null) {
        return null;
      }
      hashes[i] = BlockFilter.valueHash(text);
    }
    return hashes;
  }

  /** From what is asked for, if it is one value; else the last part of the name, with its quote. */
  private @Nullable Needle hint() {
    String value =
        values.size() == 1 ? JsonEscapes.longestPlain(values.getFirst().required()) : null;
    if (value != null) {
      return Needle.exactly(value);
    }
    String lastName = path.name().substring(path.name().lastIndexOf('.') + 1);
    return lastName.equals(JsonEscapes.longestPlain(List.of(lastName)))
        ? Needle.exactly(lastName + '"')
        : null;
  }

  FieldLookup path() {
    return path;
  }

  /** Takes the values of both. */
  FieldCondition or(FieldCondition other) {
    return new FieldCondition(path, Stream.concat(values.stream(), other.values.stream()).toList());
  }

  @Override
  public boolean matches(EventView event) {
    return !lacksHint(event) && path.any(event, anyTest);
  }

  private boolean lacksHint(EventView event) {
    byte[] bytes = event.bytes();
    int from = event.attributesStart();
    int to = event.payloadEnd();
    return hint != null
        && hint.endOf(bytes, from, to) < 0
        && !JsonEscapes.hasUnicode(bytes, from, to);
  }

  private boolean test(byte[] json, int from, int to) {
    for (ValueTest test : tests) {
      if (test.test(json, from, to)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Verdict judge(BlockSummary block) {
    if (!block.mayContainText(nameTrigrams)) {
      return Verdict.NONE;
    }
    for (int[] trigrams : valueTrigrams) {
      if (block.mayContainText(trigrams)) {
        return Verdict.SOME;
      }
    }
    return Verdict.NONE;
  }

  @Override
  public RowSelection select(EventRows rows, BitSet asked) {
    return RowSelection.exactly(path.find(rows, asked, this::find));
  }

  private void find(EventColumn column, BitSet asked, BitSet found) {
    EventColumn.Numbers numbers = column.numbers();
    if (column.isNested()) {
      FieldLookup.findNested(column, asked, found, anyTest);
    } else if (numbers != null && takesNumbersByValue) {
      findNumbers(column, numbers, asked, found);
    } else if (mayHaveText(column)) {
      ColumnSearch.find(column, asked, found, this::test);
    }
  }

  private void findNumbers(
      EventColumn column, EventColumn.Numbers numbers, BitSet asked, BitSet found) {
    for (FieldValue value : values) {
      NumberMeaning meaning = value.numbers();
      if (meaning != null) {
        NumberInterval taken = meaning.at(numbers.scale());
        ColumnSearch.findNumbers(column, numbers, taken, asked, found);
      }
    }
  }

  private boolean mayHaveText(EventColumn column) {
    if (textHashes == null) {
      return true;
    }
    for (long hash : textHashes) {
      if (column.mayHaveText(hash)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public int costByColumn() {
    return COST_OF_COLUMN;
  }

  @Override
  public int cost() {
    return COST_OF_LOOKUP;
  }
}
