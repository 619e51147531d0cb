package dev.logaggregator.filter;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventColumn;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.RowSelection;
import java.util.BitSet;
import java.util.List;

/** Takes the events whose source, or whose id, is a text of a kind. */
final class KeyTextCondition implements Condition {

  private final KeyField field;
  private final TextTest test;
  private final int[] trigrams;

  /**
   * @param required what occurs in every text that passes
   */
  KeyTextCondition(KeyField field, TextTest test, List<String> required) {
    this.field = field;
    this.test = test;
    // A block's summary knows of the text of sources, not of ids.
    this.trigrams = field == KeyField.SOURCE ? Trigrams.of(required) : new int[0];
  }

  @Override
  public boolean matches(EventView event) {
    int start = field.start(event);
    int end = field.end(event);
    return start < end && test.test(event.bytes(), start, end);
  }

  @Override
  public Verdict judge(BlockSummary block) {
    return block.mayContainText(trigrams) ? Verdict.SOME : Verdict.NONE;
  }

  @Override
  public RowSelection select(EventRows rows, BitSet asked) {
    BitSet found = new BitSet();
    EventColumn column = field.column(rows);
    ColumnSearch.find(
        column, asked, found, (bytes, from, to) -> from < to && test.test(bytes, from, to));
    return RowSelection.exactly(found);
  }

  @Override
  public int cost() {
    return COST_OF_KEY;
  }
}
