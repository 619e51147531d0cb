package dev.logaggregator.filter;

import dev.logaggregator.event.InvalidEventException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An expression of the filter language, {@code q}, that was understood. */
public final class Query {

  /** Longest expression, in characters. */
  public static final int MAX_LENGTH = 4_096;

  private final String text;
  private final Condition condition;

  private Query(String text, Condition condition) {
    this.text = text;
    this.condition = condition;
  }

  /**
   * Reads an expression; a blank one takes every event.
   *
   * @param now what durations ago are before; null where an expression is kept, so that there is no
   *     such moment
   * @throws InvalidEventException for {@code q}, saying where and what was expected
   */
  public static Query parse(String text, @Nullable Instant now) {
    if (text.length() > MAX_LENGTH) {
      throw new InvalidEventException("q", "must have at most " + MAX_LENGTH + " characters");
    }
    return new Query(text, new QueryParser(new QueryText(text), now).parse());
  }

  /** As it was written. */
  public String text() {
    return text;
  }

  Condition condition() {
    return condition;
  }

  @Override
  public String toString() {
    return text;
  }
}
