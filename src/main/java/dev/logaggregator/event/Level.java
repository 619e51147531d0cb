package dev.logaggregator.event;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How severe an event is, least severe first; the order is that of {@code minLevel}. */
public enum Level {
  TRACE("trc", "verbose", "finest", "finer"),
  DEBUG("dbg", "fine"),
  INFO("inf", "information", "informational", "notice"),
  WARN("wrn", "warning"),
  ERROR("err", "severe"),
  FATAL("ftl", "critical", "crit", "alert", "emerg", "emergency", "panic");

  private static final Level[] VALUES = values();
  private static final Map<String, Level> SPELLINGS = new HashMap<>();

  static {
    for (Level level : VALUES) {
      SPELLINGS.put(level.name().toLowerCase(Locale.ROOT), level);
      for (String spelling : level.spellings) {
        SPELLINGS.put(spelling, level);
      }
    }
  }

  private static final int LONGEST_SPELLING = "informational".length();

  private final String[] spellings;
  private final byte[] ascii;

  Level(String... spellings) {
    this.spellings = spellings;
    this.ascii = name().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  /** The level with that {@link #ordinal()}. */
  public static Level of(int ordinal) {
    return VALUES[ordinal];
  }

  /** The level that a text names, in any case and any of its usual spellings; null if none. */
  public static @Nullable Level parse(String text) {
    return text.length() > LONGEST_SPELLING ? null : SPELLINGS.get(text.toLowerCase(Locale.ROOT));
  }

  /** As {@link #parse(String)}, from UTF-8 bytes; the canonical names cost no allocation. */
  public static @Nullable Level parse(byte[] bytes, int from, int to) {
    for (Level level : VALUES) {
      if (equalsIgnoreCase(level.ascii, bytes, from, to)) {
        return level;
      }
    }
    return to - from > LONGEST_SPELLING
        ? null
        : parse(new String(bytes, from, to - from, java.nio.charset.StandardCharsets.UTF_8));
  }

  private static boolean equalsIgnoreCase(byte[] upper, byte[] bytes, int from, int to) {
    if (to - from != upper.length) {
      return false;
    }
    for (int i = 0; i < upper.length; i++) {
      if ((bytes[from + i] & ~0x20) != upper[i]) {
        return false;
      }
    }
    return true;
  }
}
