package dev.logaggregator.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.logaggregator.store.segment.RawSegment;
import dev.logaggregator.store.segment.SealedSegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sealed segments that readers want in order, unpacked. They stay for a while, shared by readers
 * that are at the same place.
 *
 * <p>Unpacking one takes longer than a slice. No more are under way than there are scanners, since
 * what is unpacked already has to be held until the next slice, whether or not anybody still wants
 * it: who finds no room helps to finish the oldest one first.
 */
final class UnpackedSegments {

  private static final long CACHE_BYTES =
      Math.clamp(Runtime.getRuntime().maxMemory() / 32, 1L << 20, 64L << 20);

  private final Cache<SealedSegment, RawSegment> unpacked =
      Caffeine.newBuilder()
          .maximumWeight(CACHE_BYTES)
          .weigher((SealedSegment sealed, RawSegment raw) -> (int) raw.sizeBytes())
          .build();

  private final Map<SealedSegment, Unpacking> underWay = new LinkedHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * A segment's events.
   *
   * @return null when the slice is over before they are there
   */
  @Nullable RawSegment get(SealedSegment segment, Slice slice) {
    do {
      RawSegment there = unpacked.getIfPresent(segment);
      if (there != null) {
        return there;
      }
      Unpacking next = nextFor(segment);
      RawSegment events = step(next, segment, slice);
      if (events != null && next.segment() == segment) {
        return events;
      }
    } while (!slice.isOver());
    return null;
  }

  /** The segment's own, or that which is to be finished before it has room. */
  private Unpacking nextFor(SealedSegment segment) {
    lock.lock();
    try {
      Unpacking own = underWay.get(segment);
      if (own != null) {
        return own;
      }
      if (underWay.size() >= Scanners.count()) {
        return underWay.values().iterator().next();
      }
      Unpacking begun = new Unpacking(segment);
      underWay.put(segment, begun);
      return begun;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable RawSegment step(Unpacking next, SealedSegment wanted, Slice slice) {
    try {
      RawSegment events = next.step(slice);
      if (events != null) {
        unpacked.put(next.segment(), events);
        end(next);
      }
      return events;
    } catch (IllegalStateException damaged) {
      end(next);
      if (next.segment() == wanted) {
        throw damaged;
      }
      return null; // who wants that one meets the damage as well
    }
  }

  private void end(Unpacking done) {
    lock.lock();
    try {
      underWay.remove(done.segment(), done);
    } finally {
      lock.unlock();
    }
  }
}
