package dev.logaggregator.event;

import dev.logaggregator.json.MalformedJsonException;
import org.jspecify.annotations.Nullable;

/**
 * Input that the contract doesn't allow: an event, or one of its fields, or a parameter that names
 * one. The reason tells the caller what to change; it is part of the answer.
 *
 * <p>Carries no stack trace: one is thrown for each bad line of a batch, and where it was thrown
 * from says nothing that the reason doesn't.
 */
public class InvalidEventException extends RuntimeException {

  private static final int QUOTED_LENGTH = 80;

  private final @Nullable String field;

  /**
   * @param field the field or parameter at fault, null when it is the input as a whole
   * @param reason what is wrong with it, without the field's name: "must not be blank"
   */
  public InvalidEventException(@Nullable String field, String reason) {
    super(reason, null, false, false);
    this.field = field;
  }

  /** The input as a whole is not the JSON that was expected. */
  public static InvalidEventException of(MalformedJsonException malformed) {
    return new InvalidEventException(null, malformed.reason());
  }

  /** What a caller wrote, short enough for a reason. */
  public static String quoted(String text) {
    return text.length() <= QUOTED_LENGTH ? text : text.substring(0, QUOTED_LENGTH) + "…";
  }

  /** The field or parameter at fault; null when it is the input as a whole. */
  public @Nullable String field() {
    return field;
  }

  /** What is wrong, in words for the caller. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
