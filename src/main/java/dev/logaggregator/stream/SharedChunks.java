package dev.logaggregator.stream;

import dev.logaggregator.event.EventFilter;
import dev.logaggregator.stream.StreamRequest.FilterKey;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Encodes once what many readers are about to send: those with the same filter that are at the same
 * place. Readers at the edge of the log come to the same place by themselves, since each goes on
 * from where the chunk that it shared has ended.
 *
 * <p>Keeps the latest chunks only; who comes too late for one reads the log. What a reader that
 * doesn't read holds on to is therefore mostly what others hold too.
 */
@Component
final class SharedChunks {

  /** Protects the heap; enough for the edge of several hundred filters. */
  private static final int MOST_BYTES = 4 << 20;

  /** For chunks that are almost nothing. */
  private static final int MOST_CHUNKS = 4_096;

  private record Key(FilterKey filter, long after) {}

  /** A chunk, or the lock of the reader that is about to make it. */
  private static final class Slot {
    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable Chunk chunk;
  }

  private final EventEncoder encoder;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Slot> slots = new LinkedHashMap<>();
  private long keptBytes;

  SharedChunks(EventEncoder encoder) {
    this.encoder = encoder;
  }

  /** As {@link EventEncoder#read}. */
  Chunk read(FilterKey filterKey, EventFilter filter, long after, BooleanSupplier cancelled)
      throws IOException {
    Key key = new Key(filterKey, after);
    Slot slot = slot(key);
    Chunk chunk = slot.chunk;
    if (chunk != null) {
      return chunk;
    }
    slot.making.lock();
    try {
      chunk = slot.chunk;
      if (chunk == null) {
        chunk = encoder.read(filter, after, cancelled);
        keep(key, slot, chunk);
      }
      return chunk;
    } finally {
      slot.making.unlock();
    }
  }

  private Slot slot(Key key) {
    lock.lock();
    try {
      return slots.computeIfAbsent(key, absent -> new Slot());
    } finally {
      lock.unlock();
    }
  }

  /** A chunk without progress is not kept: it would be found again, and never left behind. */
  private void keep(Key key, Slot slot, Chunk chunk) {
    lock.lock();
    try {
      if (chunk.end() == key.after()) {
        slots.remove(key, slot);
        return;
      }
      slot.chunk = chunk;
      if (slots.get(key) == slot) {
        keptBytes += chunk.sizeBytes();
      }
      var oldest = slots.values().iterator();
      while ((keptBytes > MOST_BYTES || slots.size() > MOST_CHUNKS) && oldest.hasNext()) {
        Chunk dropped = oldest.next().chunk;
        keptBytes -= dropped == null ? 0 : dropped.sizeBytes();
        oldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }
}
