package dev.logaggregator.filter;

import dev.logaggregator.event.InvalidEventException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An expression of the filter language, {@code q}, that was understood. */
public final class Query {

  /** Longest expression, in characters. */
  public static final int MAX_LENGTH = 4_096;

  private static final int BYTES_A_TERM = 224;

  /** Of a term's bytes, and of what blocks are asked for. */
  private static final int BYTES_A_CHARACTER = 8;

  private final String text;
  private final Condition condition;
  private final int terms;

  private Query(String text, Condition condition, int terms) {
    this.text = text;
    this.condition = condition;
    this.terms = terms;
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
    QueryParser parser = new QueryParser(new QueryText(text), now);
    return new Query(text, parser.parse(), parser.terms());
  }

  /** As it was written. */
  public String text() {
    return text;
  }

  /** Memory that its condition takes, more or less. */
  long sizeBytes() {
    return (long) terms * BYTES_A_TERM + (long) text.length() * BYTES_A_CHARACTER;
  }

  Condition condition() {
    return condition;
  }

  @Override
  public String toString() {
    return text;
  }
}
