package dev.logaggregator.filter;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.RowSelection;
import dev.logaggregator.event.Topic;
import dev.logaggregator.json.JsonEscapes;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Free text: takes the events in whose topic, source or payload it occurs, in any case. The payload
 * is one text, names and punctuation included, with what its escapes stand for.
 *
 * <p>Most events don't have it anywhere: that is found out first, by one search over all of an
 * event's bytes, before it matters what lies where.
 */
final class TextCondition implements Condition {

  private final Needle[] pieces;
  private final @Nullable Needle hint;
  private final int[] trigrams;
  private final TopicCondition topics;
  private final TextColumns columns;

  /**
   * @param pieces must follow one another, with anything in between
   * @param terms of the query that it is one of
   */
  TextCondition(List<String> pieces, TermCount terms) {
    this.pieces = pieces.stream().map(Needle::inAnyCase).toArray(Needle[]::new);
    String plain = JsonEscapes.longestPlain(pieces);
    this.hint = plain == null ? null : needle(plain, pieces);
    this.trigrams = Trigrams.of(pieces);
    this.topics = new TopicCondition(this::occursIn, terms);
    this.columns = new TextColumns(pieces, this.pieces);
  }

  /** Of most texts, the plain one is the whole. */
  private Needle needle(String plain, List<String> all) {
    return plain.equals(all.getFirst()) ? pieces[0] : Needle.inAnyCase(plain);
  }

  private boolean occursIn(Topic topic) {
    byte[] name = topic.bytes();
    return occursIn(name, 0, name.length);
  }

  @Override
  public boolean matches(EventView event) {
    return topics.matches(event) || (!occursNowhere(event) && occursSomewhere(event));
  }

  private boolean occursNowhere(EventView event) {
    byte[] bytes = event.bytes();
    int end = event.payloadEnd();
    return hint != null
        && hint.endOf(bytes, event.sourceStart(), end) < 0
        && !JsonEscapes.hasUnicode(bytes, event.payloadStart(), end);
  }

  private boolean occursSomewhere(EventView event) {
    byte[] bytes = event.bytes();
    return occursIn(bytes, event.sourceStart(), event.sourceEnd())
        || occursInJson(bytes, event.payloadStart(), event.payloadEnd());
  }

  private boolean occursInJson(byte[] json, int from, int to) {
    if (JsonEscapes.next(json, from, to) >= to) {
      return occursIn(json, from, to);
    }
    byte[] text = JsonEscapes.decode(json, from, to);
    return occursIn(text, 0, text.length);
  }

  private boolean occursIn(byte[] text, int from, int to) {
    int at = from;
    for (Needle piece : pieces) {
      at = piece.endOf(text, at, to);
      if (at < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Verdict judge(BlockSummary block) {
    if (!block.mayContainText(trigrams)) {
      return Verdict.NONE;
    }
    return topics.takesAll(block) ? Verdict.ALL : Verdict.SOME;
  }

  @Override
  public RowSelection select(EventRows rows, BitSet asked) {
    BitSet found = (BitSet) topics.select(rows, asked).certain().clone();
    BitSet open = (BitSet) asked.clone();
    open.andNot(found);
    ColumnSearch.find(rows.sources(), open, found, this::occursIn);
    open.andNot(found);
    RowSelection inPayloads = columns.select(rows, open);
    BitSet possible = (BitSet) found.clone();
    found.or(inPayloads.certain());
    possible.or(inPayloads.possible());
    return new RowSelection(found, possible);
  }

  @Override
  public int cost() {
    return COST_OF_TEXT * Math.max(1, pieces.length);
  }
}
