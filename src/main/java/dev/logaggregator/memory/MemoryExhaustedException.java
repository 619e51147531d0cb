package dev.logaggregator.memory;

/**
 * Bytes that were asked for are not to be had. Carries no stack trace: a client that asks for too
 * much may ask often.
 */
public final class MemoryExhaustedException extends RuntimeException {

  private final Use use;
  private final boolean permanent;

  MemoryExhaustedException(Use use, boolean permanent, String reason) {
    super(reason, null, false, false);
    this.use = use;
    this.permanent = permanent;
  }

  /** What they were asked for. */
  public Use use() {
    return use;
  }

  /** Whether they are more than there ever will be: to ask again is of no use. */
  public boolean isPermanent() {
    return permanent;
  }
}
