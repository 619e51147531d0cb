package dev.logaggregator.store.segment;

import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventFilter.Verdict;
import dev.logaggregator.event.EventView;
import dev.logaggregator.event.RowSelection;
import dev.logaggregator.store.segment.column.RowGroup;
import dev.logaggregator.store.segment.column.SegmentReader;
import java.util.BitSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the row groups of a segment in columns, as far as these may hold matches: by their
 * columns, and only at those events one by one that these leave open. Finds events in the order of
 * their row groups, not of their offsets.
 */
final class ColumnScan implements SegmentScan {

  private final ColumnSegment segment;
  private final EventFilter filter;
  private final EventView view;
  private boolean begun;
  private int group;

  /** What the columns of the group have told, from when they were asked until it is done. */
  private @Nullable RowSelection selection;

  private int row;
  private int scanned;

  ColumnScan(ColumnSegment segment, EventFilter filter) {
    this.segment = segment;
    this.filter = filter;
    this.view = new EventView(segment.topics());
  }

  @Override
  public boolean step(Match match, BooleanSupplier pause) {
    SegmentReader reader = segment.reader();
    if (!begun && filter.judge(segment) == Verdict.NONE) {
      group = reader.groups();
    }
    begun = true;
    while (group < reader.groups()) {
      RowGroup next = reader.group(group);
      if (!search(next, match, pause)) {
        return false;
      }
      group++;
      selection = null;
      row = 0;
      scanned += next.size();
      if (pause.getAsBoolean()) {
        break;
      }
    }
    if (group < reader.groups()) {
      return false;
    }
    scanned = segment.eventCount();
    return true;
  }

  /** Whether all of the group was looked at. Its columns are read anew after a pause. */
  private boolean search(RowGroup rows, Match match, BooleanSupplier pause) {
    RowSelection selected = selection == null ? select(rows) : selection;
    selection = selected;
    return match instanceof RowsMatch together
        ? searchTogether(rows, selected, together, pause)
        : searchEach(rows, selected, match, pause);
  }

  private boolean searchEach(
      RowGroup rows, RowSelection selected, Match match, BooleanSupplier pause) {
    Pace pace = new Pace();
    for (int next = selected.possible().nextSetBit(row); next >= 0; ) {
      rows.show(next, view);
      boolean matches = selected.certain().get(next) || filter.matches(view);
      boolean goOn = !matches || match.found(view);
      row = next + 1;
      next = selected.possible().nextSetBit(row);
      boolean pauses = !goOn || pace.isTimeToLook(view.length()) && pause.getAsBoolean();
      if (pauses && next >= 0) {
        return false;
      }
    }
    return true;
  }

  /** Looks at those that are left open one by one, and then hands over all that match. */
  private boolean searchTogether(
      RowGroup rows, RowSelection selected, RowsMatch match, BooleanSupplier pause) {
    BitSet matching = selected.certain();
    if (!selected.isExact()) {
      matching = (BitSet) matching.clone();
      selection = new RowSelection(matching, selected.possible());
      Pace pace = new Pace();
      int next = nextOpen(selected, row);
      while (next >= 0) {
        rows.show(next, view);
        matching.set(next, filter.matches(view));
        row = next + 1;
        next = nextOpen(selected, row);
        if (next >= 0 && pace.isTimeToLook(view.length()) && pause.getAsBoolean()) {
          return false;
        }
      }
    }
    if (!matching.isEmpty()) {
      match.found(rows, matching);
    }
    return true;
  }

  private static int nextOpen(RowSelection selected, int from) {
    int next = selected.possible().nextSetBit(from);
    while (next >= 0 && selected.certain().get(next)) {
      next = selected.possible().nextSetBit(next + 1);
    }
    return next;
  }

  private RowSelection select(RowGroup rows) {
    BitSet all = RowSelection.all(rows.size());
    return switch (filter.judge(rows.summary())) {
      case NONE -> RowSelection.exactly(new BitSet());
      case ALL -> RowSelection.exactly(all);
      case SOME -> filter.select(rows, all);
    };
  }

  @Override
  public int scanned() {
    return scanned + row;
  }
}
