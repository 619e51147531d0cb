package dev.logaggregator.stream;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.logaggregator.event.EventFilter;
import dev.logaggregator.memory.Claim;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.Use;
import dev.logaggregator.stream.StreamRequest.FilterKey;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/**
 * Encodes once what many readers are about to send: those with the same filter that are at the same
 * place. Readers at the edge of the log come to the same place by themselves, since each goes on
 * from where the chunk that it shared has ended.
 *
 * <p>Keeps some chunks only; who finds none reads the log. What a reader that doesn't read holds on
 * to is therefore mostly what others hold too. The room for them is claimed as a whole, for as long
 * as there are streams.
 */
@Component
final class SharedChunks {

  /** Enough for the edge of several hundred filters. */
  private static final long MOST_BYTES = 4 << 20;

  /** What is shared is of use to all readers, but must leave them something to read into. */
  private static final int PART_OF_SHARE = 8;

  /** What a chunk counts at least, with what finds it. */
  private static final int SMALLEST_WEIGHT = 1_024;

  private record Key(FilterKey filter, long after) {}

  private final EventEncoder encoder;
  private final Claim claim;
  private final long mostBytes;
  private final AsyncCache<Key, Chunk> chunks;

  SharedChunks(EventEncoder encoder, MemoryAccount memory) {
    this.encoder = encoder;
    claim = memory.claim(Use.STREAMS, "shared by all");
    mostBytes = Math.min(MOST_BYTES, memory.capacityBytes(Use.STREAMS) / PART_OF_SHARE);
    chunks =
        Caffeine.newBuilder()
            .maximumWeight(mostBytes)
            .weigher(SharedChunks::weight)
            .executor(Runnable::run)
            .buildAsync();
  }

  /** A filter is as long as its client likes, and lives on in the key when its streams end. */
  private static int weight(Key key, Chunk chunk) {
    return Math.max(SMALLEST_WEIGHT, chunk.sizeBytes() + key.filter().sizeBytes());
  }

  /** As {@link EventEncoder#read}. */
  Chunk read(
      FilterKey filterKey, EventFilter filter, long after, BooleanSupplier cancelled, String client)
      throws IOException {
    if (!hasRoom()) {
      return encoder.read(filter, after, EventEncoder.CHUNK_BYTES, cancelled, client);
    }
    Key key = new Key(filterKey, after);
    CompletableFuture<Chunk> made = new CompletableFuture<>();
    CompletableFuture<Chunk> shared = chunks.get(key, (absent, executor) -> made);
    if (shared == made) {
      return make(key, made, filter, cancelled, client);
    }
    Chunk chunk = shared.exceptionally(failed -> null).join();
    return chunk == null || chunk.end() == after
        ? encoder.read(filter, after, EventEncoder.CHUNK_BYTES, cancelled, client)
        : chunk;
  }

  /** A chunk without progress is not kept: it would be found again, and never left behind. */
  private Chunk make(
      Key key,
      CompletableFuture<Chunk> made,
      EventFilter filter,
      BooleanSupplier cancelled,
      String client)
      throws IOException {
    try {
      Chunk chunk = encoder.read(filter, key.after(), EventEncoder.CHUNK_BYTES, cancelled, client);
      if (chunk.end() == key.after()) {
        chunks.asMap().remove(key, made);
      }
      made.complete(chunk);
      return chunk;
    } finally {
      // Without effect when it is complete; else those who wait read for themselves.
      made.cancel(false);
    }
  }

  private synchronized boolean hasRoom() {
    return claim.tryAtLeast(mostBytes);
  }

  /** To be called when there are no readers any more. */
  synchronized void clear() {
    chunks.synchronous().invalidateAll();
    claim.close();
  }
}
