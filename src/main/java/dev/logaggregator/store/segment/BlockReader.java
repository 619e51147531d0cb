package dev.logaggregator.store.segment;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;

/**
 * Unpacks blocks into an array that is kept for the next one: new memory for each would be as dear
 * as searching it, since it drives everything else out of the processor's cache. What was unpacked
 * last is still there when it is asked for again, so that who goes on after a pause is likely to
 * lose nothing.
 *
 * <p>There is one for each thread that unpacks, of which there are few, and it keeps {@value
 * #MAX_KEPT_BYTES} bytes at most.
 */
final class BlockReader {

  /** An event of megabytes, which has a block of its own, needs more for once. */
  private static final int MAX_KEPT_BYTES = 256 * 1024;

  private static final byte[] NOTHING = {};

  private static final ThreadLocal<BlockReader> OF_THREAD =
      ThreadLocal.withInitial(BlockReader::new);

  private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
  private byte[] events = NOTHING;

  /** What {@link #events} holds, as it is compressed. */
  private byte[] held = NOTHING;

  private BlockReader() {}

  /** The calling thread's. */
  static BlockReader ofThread() {
    return OF_THREAD.get();
  }

  /** A block's events, at the beginning of an array that is valid until the next block's. */
  byte[] read(Block block) {
    if (held == block.compressed()) {
      return events;
    }
    held = NOTHING;
    if (block.rawLength() > MAX_KEPT_BYTES) {
      byte[] large = new byte[block.rawLength()];
      unpack(block, large);
      return large;
    }
    if (events.length < block.rawLength()) {
      events = new byte[block.rawLength()];
    }
    unpack(block, events);
    held = block.compressed();
    return events;
  }

  /** Writes a block's events to the beginning of an array that has room for them. */
  void unpack(Block block, byte[] target) {
    byte[] packed = block.compressed();
    int length;
    try {
      length = zstd.decompressByteArray(target, 0, block.rawLength(), packed, 0, packed.length);
    } catch (ZstdException e) {
      throw Block.damaged("it can't be unpacked", e);
    }
    if (length != block.rawLength()) {
      throw Block.damaged("it has another length than it had", null);
    }
  }
}
