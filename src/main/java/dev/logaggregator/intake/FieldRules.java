package dev.logaggregator.intake;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Level;
import dev.logaggregator.event.Timestamps;
import dev.logaggregator.json.Utf8;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the contract says of the fields that a publisher sets, wherever it says them. */
public final class FieldRules {

  static final int MAX_ID_CHARACTERS = 256;
  static final int MAX_SOURCE_CHARACTERS = 256;

  /** What holds for a text, given in valid UTF-8. */
  @FunctionalInterface
  public interface TextRule {
    /**
     * @throws InvalidEventException when it doesn't hold
     */
    void check(byte[] utf8, int from, int to);
  }

  /** Of an id. */
  public static final TextRule ID = FieldRules::checkId;

  /** Of a source. */
  public static final TextRule SOURCE = FieldRules::checkSource;

  private FieldRules() {}

  private static void checkId(byte[] utf8, int from, int to) {
    if (from < to && to - from <= MAX_ID_CHARACTERS && Utf8.isPrintableAscii(utf8, from, to)) {
      return;
    }
    int characters = characters(utf8, from, to);
    if (characters < 1 || characters > MAX_ID_CHARACTERS) {
      throw new InvalidEventException(
          "id", "must have 1 to %d characters".formatted(MAX_ID_CHARACTERS));
    }
    for (int i = from; i < to; i++) {
      byte b = utf8[i];
      // C1 controls, U+0080 to U+009F, are C2 80 to C2 9F.
      if ((b >= 0 && b < 0x20) || b == 0x7F || (b == (byte) 0xC2 && (utf8[i + 1] & 0xFF) < 0xA0)) {
        throw new InvalidEventException("id", "must not have control characters");
      }
    }
  }

  private static void checkSource(byte[] utf8, int from, int to) {
    if (to - from > MAX_SOURCE_CHARACTERS && characters(utf8, from, to) > MAX_SOURCE_CHARACTERS) {
      throw new InvalidEventException(
          "source", "must have at most %d characters".formatted(MAX_SOURCE_CHARACTERS));
    }
  }

  private static int characters(byte[] utf8, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      if ((utf8[i] & 0xC0) != 0x80) {
        count++;
      }
    }
    return count;
  }

  /** The level that was parsed. */
  public static Level requireLevel(@Nullable Level parsed) {
    if (parsed == null) {
      throw new InvalidEventException(
          "level",
          "must be one of TRACE, DEBUG, INFO, WARN, ERROR and FATAL, or a usual spelling of one");
    }
    return parsed;
  }

  /** The timestamp that was parsed by {@link Timestamps}. */
  public static Instant requireTimestamp(@Nullable Instant parsed) {
    if (parsed == null) {
      throw new InvalidEventException(
          "timestamp",
          "must be RFC 3339, such as 2026-11-22T07:00:00Z, or seconds, milliseconds, microseconds"
              + " or nanoseconds since 1970");
    }
    return parsed;
  }
}
