package dev.logaggregator.memory;

import java.util.EnumMap;
import java.util.Map;

/**
 * The books of all memory that is held for clients.
 *
 * <p>Each {@link Use} has a share. Within a share nobody may hold more than {@value #MOST_OF_FREE}
 * times what would be left free: neither a claim nor, where it is more than a little, all claims of
 * a client together. So a single client has four fifths of the share; two have four ninths each;
 * and however many greedy ones come, the little that everybody needs is left for the next one. That
 * is the dynamic threshold of Choudhury and Hahne, "Dynamic Queue Length Thresholds for
 * Shared-Memory Packet Switches" (1998). Nothing is reserved for clients that don't come.
 */
public final class MemoryAccount {

  /** The alpha of the paper: larger gives more to a single client, and less to the next. */
  static final int MOST_OF_FREE = 4;

  private final Map<Use, Share> shares = new EnumMap<>(Use.class);

  /**
   * @param bytes to divide among all uses
   */
  public MemoryAccount(long bytes) {
    for (Use use : Use.values()) {
      shares.put(use, new Share(use, use.shareOf(bytes)));
    }
  }

  /**
   * An empty claim, to be grown and to be closed.
   *
   * @param client whom the memory is held for: claims of the same client are limited together
   */
  public Claim claim(Use use, String client) {
    return new Claim(share(use), client);
  }

  /** Bytes that are held for a use now. */
  public long usedBytes(Use use) {
    return share(use).usedBytes();
  }

  /** Bytes that may be held for a use. */
  public long capacityBytes(Use use) {
    return share(use).capacityBytes();
  }

  private Share share(Use use) {
    Share share = shares.get(use);
    if (share == null) {
      throw new IllegalArgumentException("no share for " + use);
    }
    return share;
  }
}
