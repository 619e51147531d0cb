package dev.logaggregator.filter;

import dev.logaggregator.event.EventColumn;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.Level;
import dev.logaggregator.event.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads one field of events that lie in columns: the same values as {@link FieldReader} reads of
 * each event. A value that many events share is told once. May be shared.
 */
final class FieldColumns {

  private final @Nullable EnvelopeField envelope;
  private final List<FieldLookup> lookups;

  /**
   * @param envelope the field, if it is one of the envelope's
   * @param lookups else where it may be
   */
  FieldColumns(@Nullable EnvelopeField envelope, List<FieldLookup> lookups) {
    this.envelope = envelope;
    this.lookups = lookups;
  }

  /** Hands over the values that some rows have. */
  void read(EventRows rows, BitSet selected, ValueTarget target) {
    if (envelope == null) {
      for (FieldLookup lookup : lookups) {
        lookup.read(rows, selected, (column, asked) -> read(column, asked, target));
      }
      return;
    }
    switch (envelope) {
      case SOURCE -> new Numbered(rows.sources(), target, false).read(selected);
      case ID -> new Numbered(rows.ids(), target, false).read(selected);
      case TOPIC -> readTopics(rows, selected, target);
      case LEVEL -> readLevels(rows, selected, target);
      case OFFSET -> readTexts(selected, row -> Long.toString(rows.offset(row)), target);
      case TIMESTAMP ->
          readTexts(
              selected, row -> text(rows.timestampSecond(row), rows.timestampNano(row)), target);
      case RECEIVED_AT -> readTexts(selected, row -> text(0, rows.receivedNanos(row)), target);
    }
  }

  private static String text(long second, long nanos) {
    return Instant.ofEpochSecond(second, nanos).toString();
  }

  private static void readTexts(BitSet selected, IntFunction<String> text, ValueTarget target) {
    for (int row = selected.nextSetBit(0); row >= 0; row = selected.nextSetBit(row + 1)) {
      target.value(row, number(text.apply(row), target));
    }
  }

  private static int number(String text, ValueTarget target) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return target.number(utf8, 0, utf8.length);
  }

  private static void readTopics(EventRows rows, BitSet selected, ValueTarget target) {
    Map<Topic, Integer> numbers = new IdentityHashMap<>();
    Topic last = null;
    int number = 0;
    for (int row = selected.nextSetBit(0); row >= 0; row = selected.nextSetBit(row + 1)) {
      Topic topic = rows.topic(row);
      if (!topic.equals(last)) {
        number = numbers.computeIfAbsent(topic, one -> number(one.name(), target));
        last = topic;
      }
      target.value(row, number);
    }
  }

  private static void readLevels(EventRows rows, BitSet selected, ValueTarget target) {
    int[] numbers = new int[Level.values().length + 1];
    Arrays.fill(numbers, -1);
    for (int row = selected.nextSetBit(0); row >= 0; row = selected.nextSetBit(row + 1)) {
      int code = rows.levelCode(row);
      if (code > 0) {
        if (numbers[code] < 0) {
          numbers[code] = number(Level.of(code - 1).name(), target);
        }
        target.value(row, numbers[code]);
      }
    }
  }

  private static void read(EventColumn column, BitSet selected, ValueTarget target) {
    if (column.isNested()) {
      readNested(column, selected, target);
    } else {
      new Numbered(column, target, true).read(selected);
    }
  }

  private static void readNested(EventColumn column, BitSet selected, ValueTarget target) {
    JsonPath path = FieldLookup.inner(column);
    for (int i = 0; i < column.size(); i++) {
      int row = column.row(i);
      if (selected.get(row)) {
        int code = column.code(i);
        ValueTest passOn =
            ValueTest.ofText(
                (text, from, to) -> {
                  target.value(row, target.number(text, from, to));
                  return false;
                });
        path.any(column.bytes(), column.start(code), column.end(code), passOn);
      }
    }
  }

  /** A column of which each value gets its number when it is met first. */
  private static final class Numbered {

    private static final int UNKNOWN = ValueTarget.NOT_TOLD;
    private static final int NONE = UNKNOWN + 1;

    private final EventColumn column;
    private final ValueTarget target;
    private final int[] numbers;
    private final ValueTest pass;

    /** Without their points, by code; null if the target is to be told texts. */
    private final long @Nullable [] digits;

    private final int scale;

    private final EventColumn.@Nullable Digits spelled;
    private int last = NONE;

    /**
     * @param json whether the values are JSON; else they are plain texts, of which an empty one is
     *     none
     */
    Numbered(EventColumn column, ValueTarget target, boolean json) {
      this.column = column;
      this.target = target;
      EventColumn.Numbers known = target.takesNumbers() ? column.numbers() : null;
      digits = known == null ? null : known.values();
      scale = known == null ? 0 : known.scale();
      spelled = json && known == null ? column.digits() : null;
      numbers = new int[column.codes()];
      Arrays.fill(numbers, UNKNOWN);
      TextTest take =
          (text, from, to) -> {
            last = target.number(text, from, to);
            return true;
          };
      pass =
          json
              ? ValueTest.ofText(take)
              : (text, from, to) -> from < to && take.test(text, from, to);
    }

    void read(BitSet selected) {
      if (target.isOnlyCounting() && column.codes() < column.size()) {
        count(selected);
        return;
      }
      int size = column.size();
      int[] rows = column.rows();
      int[] codes = column.valueCodes();
      for (int i = 0; i < size; i++) {
        int row = rows == null ? i : rows[i];
        if (selected.get(row)) {
          int number = number(codes == null ? i : codes[i]);
          if (number != NONE) {
            target.value(row, number);
          }
        }
      }
    }

    /** First of each code, then of each value. */
    private void count(BitSet selected) {
      int[] counts = new int[column.codes()];
      int[] rows = column.rows();
      int[] codes = column.valueCodes();
      boolean all = rows == null && selected.cardinality() == column.size();
      int size = column.size();
      for (int i = 0; i < size; i++) {
        if (all || selected.get(rows == null ? i : rows[i])) {
          counts[codes == null ? i : codes[i]]++;
        }
      }
      for (int code = 0; code < counts.length; code++) {
        int number = counts[code] == 0 ? NONE : number(code);
        if (number != NONE) {
          target.occurs(number, counts[code]);
        }
      }
    }

    private int number(int code) {
      int number = numbers[code];
      if (number == UNKNOWN) {
        number = ask(code);
        numbers[code] = number;
      }
      return number;
    }

    private int ask(int code) {
      if (digits != null) {
        return target.number(digits[code], scale);
      }
      int told = spelled == null ? UNKNOWN : target.known(spelled.form(), spelled.numbers()[code]);
      if (told != UNKNOWN) {
        return told;
      }
      last = NONE;
      pass.test(column.bytes(), column.start(code), column.end(code));
      if (spelled != null) {
        target.remember(spelled.form(), spelled.numbers()[code], last);
      }
      return last;
    }
  }
}
