package dev.logaggregator.stream;

import dev.logaggregator.event.EventFilter;
import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
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

  /** Enough for the edge of several hundred filters. */
  private static final long MOST_BYTES = 4 << 20;

  /** What is shared is of use to all readers, but must leave them something to read into. */
  private static final int PART_OF_SHARE = 8;

  /** For chunks that are almost nothing. */
  private static final int MOST_CHUNKS = 4_096;

  private record Key(FilterKey filter, long after) {}

  /** A chunk, or the lock of the reader that is about to make it. */
  private static final class Slot {
    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable Chunk chunk;
  }

  private final EventEncoder encoder;
  private final Claim claim;
  private final long mostBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Slot> slots = new LinkedHashMap<>();
  private long keptBytes;

  SharedChunks(EventEncoder encoder, MemoryAccount memory) {
    this.encoder = encoder;
    claim = memory.claim(Use.STREAMS, "shared by all");
    mostBytes = Math.min(MOST_BYTES, memory.capacityBytes(Use.STREAMS) / PART_OF_SHARE);
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
        chunk = encoder.read(filter, after, EventEncoder.CHUNK_BYTES, cancelled);
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
        keptBytes += weight(key, chunk);
      }
      var oldest = slots.entrySet().iterator();
      while (!fits() && oldest.hasNext()) {
        Map.Entry<Key, Slot> next = oldest.next();
        Chunk dropped = next.getValue().chunk;
        keptBytes -= dropped == null ? 0 : weight(next.getKey(), dropped);
        oldest.remove();
      }
      claim.shrinkTo(keptBytes);
    } finally {
      lock.unlock();
    }
  }

  /** A filter is as long as its client likes, and lives on in the key when its streams end. */
  private static long weight(Key key, Chunk chunk) {
    return chunk.sizeBytes() + key.filter().sizeBytes();
  }

  private boolean fits() {
    return keptBytes <= mostBytes && slots.size() <= MOST_CHUNKS && claim.tryAtLeast(keptBytes);
  }

  /** To be called when there are no readers any more. */
  void clear() {
    lock.lock();
    try {
      slots.clear();
      keptBytes = 0;
      claim.close();
    } finally {
      lock.unlock();
    }
  }
}
