package dev.logaggregator.memory;

/**
 * What one request, stream or table holds. To be grown before the memory is taken, and closed when
 * it has been let go. One thread at a time.
 */
public final class Claim implements AutoCloseable {

  private final Share share;
  private final String client;
  private long bytes;

  Claim(Share share, String client) {
    this.share = share;
    this.client = client;
  }

  /** Bytes that are held. */
  public long bytes() {
    return bytes;
  }

  /**
   * Sees to it that at least so many bytes are held.
   *
   * @throws MemoryExhaustedException when they are not to be had; as many are held as before
   */
  public void atLeast(long wanted) {
    if (!tryAtLeast(wanted)) {
      throw share.exhausted(wanted);
    }
  }

  /** As {@link #atLeast}; false when they are not to be had. */
  public boolean tryAtLeast(long wanted) {
    if (wanted <= bytes) {
      return true;
    }
    if (!share.take(client, bytes, wanted)) {
      return false;
    }
    bytes = wanted;
    return true;
  }

  /** Gives back what is more than that. */
  public void shrinkTo(long wanted) {
    if (wanted < bytes) {
      share.giveBack(client, bytes, wanted);
      bytes = wanted;
    }
  }

  /** Gives all of it back. May be called again; the claim can be grown anew. */
  @Override
  public void close() {
    shrinkTo(0);
  }
}
