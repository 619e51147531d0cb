package dev.logaggregator.request;

import java.util.Map;

/**
 * A request came to its end early, for the reason that is the cause, and may have had an effect
 * before: the answer is that of the cause, and says how far it got.
 */
public final class PartlyDoneException extends RuntimeException {

  private final RuntimeException reason;
  private final transient Map<String, Object> members;

  /**
   * @param members of the answer, by name
   */
  public PartlyDoneException(RuntimeException reason, Map<String, Object> members) {
    super(reason.getMessage(), reason, false, false);
    this.reason = reason;
    this.members = members;
  }

  /** Why it came to its end. */
  public RuntimeException reason() {
    return reason;
  }

  /** Members of the answer, by name. */
  public Map<String, Object> members() {
    return members;
  }
}
