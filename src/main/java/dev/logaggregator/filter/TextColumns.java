package dev.logaggregator.filter;

import dev.logaggregator.event.EventColumn;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.RowSelection;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Free text where payloads lie in columns. A text occurs within one value, within what is around
 * the values, or across the border of both. The first two are found in the columns; across a border
 * it can only occur if it fits to what is around the values there, which for most texts is nowhere:
 * names and punctuation would have to be part of it.
 */
final class TextColumns {

  /** Of what is next to a value in JSON, one of these is the nearest. */
  private static final String BORDERS = ":,}] \t\n\r";

  private static final String IN_NUMBERS = "0123456789+-.eE";

  private final String[] texts;
  private final Needle[] needles;
  private final @Nullable DigitSearch[] digits;

  TextColumns(List<String> texts, Needle[] needles) {
    this.texts = texts.toArray(String[]::new);
    this.needles = needles;
    this.digits = texts.stream().map(DigitSearch::of).toArray(DigitSearch[]::new);
  }

  /** The rows in whose payload the texts may occur, one after the other. */
  RowSelection select(EventRows rows, BitSet asked) {
    BitSet possible = asked;
    BitSet certain = new BitSet();
    for (int i = 0; i < needles.length && !possible.isEmpty(); i++) {
      BitSet found = within(rows, possible, i);
      if (needles.length == 1) {
        certain = found;
      }
      possible = withThoseAcross(rows, possible, found, texts[i]);
    }
    return needles.length == 0 ? RowSelection.exactly(asked) : new RowSelection(certain, possible);
  }

  private BitSet within(EventRows rows, BitSet asked, int index) {
    Needle needle = needles[index];
    BitSet found = new BitSet();
    ColumnSearch.findText(rows.frames(), asked, found, needle);
    boolean inNumbers = texts[index].chars().allMatch(c -> IN_NUMBERS.indexOf(c) >= 0);
    for (EventColumn column : rows.columns(false)) {
      if ((inNumbers || column.numbers() == null) && mayHave(column, texts[index])) {
        BitSet open = (BitSet) asked.clone();
        open.andNot(found);
        ColumnSearch.findText(column, open, found, needle, digits[index]);
      }
    }
    return found;
  }

  private static boolean mayHave(EventColumn column, String text) {
    return text.chars()
        .allMatch(
            c ->
                c >= 0x80
                    || column.mayHaveByte(Character.toLowerCase(c))
                    || column.mayHaveByte(Character.toUpperCase(c)));
  }

  private static BitSet withThoseAcross(EventRows rows, BitSet asked, BitSet found, String text) {
    if (text.chars().noneMatch(c -> BORDERS.indexOf(c) >= 0)) {
      return found;
    }
    BitSet possible = (BitSet) found.clone();
    Borders borders = new Borders(text);
    ColumnSearch.find(rows.frames(), asked, possible, borders::mayBeCrossed);
    return possible;
  }
}
