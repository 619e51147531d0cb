package dev.logaggregator.filter;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.RowSelection;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One at least of several conditions, the cheapest asked first. */
final class AnyOf implements Condition {

  private final Condition[] parts;

  private AnyOf(List<Condition> parts) {
    this.parts = parts.toArray(Condition[]::new);
  }

  /** The disjunction of one condition at least. */
  static Condition of(List<Condition> conditions) {
    List<Condition> flat = new ArrayList<>();
    Map<FieldLookup, FieldCondition> byField = new LinkedHashMap<>();
    for (Condition condition : conditions) {
      for (Condition part : condition instanceof AnyOf inner ? inner.parts : one(condition)) {
        if (part instanceof FieldCondition field) {
          byField.merge(field.path(), field, FieldCondition::or);
        } else {
          flat.add(part);
        }
      }
    }
    flat.addAll(byField.values());
    flat.sort(Comparator.comparingInt(Condition::cost));
    return flat.size() == 1 ? flat.getFirst() : new AnyOf(flat);
  }

  private static Condition[] one(Condition condition) {
    return new Condition[] {condition};
  }

  @Override
  public boolean matches(EventView event) {
    for (Condition part : parts) {
      if (part.matches(event)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Verdict judge(BlockSummary block) {
    Verdict verdict = Verdict.NONE;
    for (Condition part : parts) {
      Verdict one = part.judge(block);
      if (one == Verdict.ALL) {
        return one;
      }
      if (one == Verdict.SOME) {
        verdict = one;
      }
    }
    return verdict;
  }

  @Override
  public RowSelection select(EventRows rows, BitSet asked) {
    BitSet certain = new BitSet();
    BitSet possible = new BitSet();
    BitSet open = (BitSet) asked.clone();
    for (Condition part : parts) {
      RowSelection one = part.selectAny(rows, open);
      certain.or(one.certain());
      possible.or(one.possible());
      open.andNot(one.certain());
    }
    return new RowSelection(certain, possible);
  }

  @Override
  public int costByColumn() {
    int sum = 0;
    for (Condition part : parts) {
      sum += part.costByColumn();
    }
    return sum;
  }

  @Override
  public int cost() {
    int sum = 0;
    for (Condition part : parts) {
      sum += part.cost();
    }
    return sum;
  }
}
