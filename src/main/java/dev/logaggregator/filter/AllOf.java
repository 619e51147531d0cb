package dev.logaggregator.filter;

import dev.logaggregator.event.BlockSummary;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.RowSelection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/** Each of several conditions, the cheapest asked first. */
final class AllOf implements Condition {

  private final Condition[] parts;

  /** The same, as they are asked of columns: text last. */
  private final Condition[] byColumns;

  private AllOf(Condition[] parts) {
    this.parts = parts;
    this.byColumns = parts.clone();
    Arrays.sort(byColumns, Comparator.comparingInt(Condition::costByColumn));
  }

  /** The conjunction; everything if there is nothing to join. */
  static Condition of(List<Condition> conditions) {
    List<Condition> flat = new ArrayList<>();
    for (Condition condition : conditions) {
      if (condition instanceof AllOf inner) {
        flat.addAll(List.of(inner.parts));
      } else if (condition != EVERYTHING) {
        flat.add(condition);
      }
    }
    flat.sort(Comparator.comparingInt(Condition::cost));
    return switch (flat.size()) {
      case 0 -> EVERYTHING;
      case 1 -> flat.getFirst();
      default -> new AllOf(flat.toArray(Condition[]::new));
    };
  }

  @Override
  public boolean matches(EventView event) {
    for (Condition part : parts) {
      if (!part.matches(event)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Verdict judge(BlockSummary block) {
    Verdict verdict = Verdict.ALL;
    for (Condition part : parts) {
      Verdict one = part.judge(block);
      if (one == Verdict.NONE) {
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
    BitSet certain = asked;
    BitSet possible = asked;
    for (Condition part : byColumns) {
      if (possible.isEmpty()) {
        break;
      }
      RowSelection one = part.selectAny(rows, possible);
      certain = and(certain, one.certain());
      possible = and(possible, one.possible());
    }
    return new RowSelection(certain, possible);
  }

  private static BitSet and(BitSet one, BitSet other) {
    BitSet both = (BitSet) one.clone();
    both.and(other);
    return both;
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
  public EventFilter within(BlockSummary block) {
    Condition[] left =
        Arrays.stream(parts)
            .filter(part -> part.judge(block) != Verdict.ALL)
            .toArray(Condition[]::new);
    return left.length == parts.length ? this : left.length == 1 ? left[0] : new AllOf(left);
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
