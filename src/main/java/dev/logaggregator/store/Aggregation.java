package dev.logaggregator.store;

import dev.logaggregator.event.EventFilter;
import dev.logaggregator.event.EventRows;
import dev.logaggregator.event.EventView;
import dev.logaggregator.store.segment.Segment;
import dev.logaggregator.store.segment.SegmentScan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One way through all segments, in no order, by as many scanners as there are: each has an
 * accumulator of its own. Whoever waits for it asks whether it is still wanted; no scanner does.
 */
final class Aggregation<A> {

  private static final long CANCEL_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final SegmentWalk walk;
  private final EventFilter filter;
  private final Collector<A> collector;
  private final BooleanSupplier cancelled;
  private final List<A> accumulators = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int running = Scanners.count();
  private @Nullable Throwable failure;

  Aggregation(
      SegmentWalk walk,
      EventFilter filter,
      Supplier<A> accumulator,
      Collector<A> collector,
      BooleanSupplier cancelled) {
    this.walk = walk;
    this.filter = filter;
    this.collector = collector;
    this.cancelled = cancelled;
    for (int i = 0; i < running; i++) {
      accumulators.add(accumulator.get());
    }
  }

  /**
   * Goes through all of them, or until it is cancelled. Closing the lane ends it, after which no
   * scanner touches an accumulator.
   */
  List<A> run(Scanners.Lane lane) {
    for (A accumulator : accumulators) {
      lane.submit(new Share(accumulator));
    }
    lock.lock();
    try {
      while (running > 0 && failure == null && !cancelled.getAsBoolean()) {
        changed.awaitNanos(CANCEL_CHECK_NANOS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while reading", e);
    } finally {
      lock.unlock();
    }
    lane.close();
    if (failure instanceof RuntimeException thrown) {
      throw thrown;
    }
    if (failure != null) {
      throw new IllegalStateException("reading a segment failed", failure);
    }
    return accumulators;
  }

  /** What one scanner has of it. */
  private final class Share implements Scanners.Task {

    private final SegmentScan.Match match;
    private @Nullable SegmentScan scan;

    Share(A accumulator) {
      match =
          new SegmentScan.RowsMatch() {
            @Override
            public boolean found(EventView event) {
              collector.accept(accumulator, event);
              return true;
            }

            @Override
            public void found(EventRows rows, BitSet matching) {
              collector.accept(accumulator, rows, matching);
            }
          };
    }

    @Override
    public boolean run(Slice slice) {
      do {
        SegmentScan current = scan == null ? next() : scan;
        if (current == null) {
          end(null);
          return true;
        }
        scan = current.step(match, slice) ? null : current;
      } while (!slice.isOver());
      return false;
    }

    @Override
    public void failed(Throwable thrown) {
      end(thrown);
    }
  }

  private @Nullable SegmentScan next() {
    lock.lock();
    try {
      Segment segment = walk.next();
      return segment == null ? null : SegmentScan.of(segment, filter);
    } finally {
      lock.unlock();
    }
  }

  private void end(@Nullable Throwable thrown) {
    lock.lock();
    try {
      running--;
      failure = failure == null ? thrown : failure;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
