package dev.logaggregator.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What can be done with the bytes of valid JSON without parsing it. */
public final class JsonText {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  private JsonText() {}

  /** Whether these bytes, the inside of a JSON string, have an escape. */
  public static boolean hasEscape(byte[] bytes, int from, int to) {
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      long differing = (long) LONGS.get(bytes, i) ^ BACKSLASHES;
      if (((differing - ONES) & ~differing & HIGHS) != 0) {
        return true;
      }
    }
    for (; i < to; i++) {
      if (bytes[i] == '\\') {
        return true;
      }
    }
    return false;
  }

  /**
   * The next quote or backslash, eight bytes at a time.
   *
   * @param from a position within a JSON string, so that there is one
   */
  public static int quoteOrBackslash(byte[] json, int from) {
    int at = from;
    for (; at + Long.BYTES <= json.length; at += Long.BYTES) {
      long word = (long) LONGS.get(json, at);
      long quote = word ^ QUOTES;
      long backslash = word ^ BACKSLASHES;
      long found = ((quote - ONES) & ~quote | (backslash - ONES) & ~backslash) & HIGHS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (json[at] != '"' && json[at] != '\\') {
      at++;
    }
    return at;
  }

  /** The text of a JSON string, given its inside. A lone surrogate stays one. */
  public static String unescape(byte[] bytes, int from, int to) {
    if (!hasEscape(bytes, from, to)) {
      return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
    byte[] text = JsonEscapes.decode(bytes, from, to);
    return Utf8.isValid(text, 0, text.length)
        ? new String(text, StandardCharsets.UTF_8)
        : withSurrogates(text);
  }

  private static String withSurrogates(byte[] utf8) {
    StringBuilder text = new StringBuilder(utf8.length);
    for (int at = 0; at < utf8.length; ) {
      int length = Utf8.length(utf8[at]);
      text.appendCodePoint(Utf8.codePoint(utf8, at, length));
      at += length;
    }
    return text.toString();
  }

  /**
   * Copies JSON without the white space between its tokens.
   *
   * @return the position after the last byte written
   */
  public static int compact(byte[] json, int from, int to, byte[] target, int targetAt) {
    int out = targetAt;
    boolean inString = false;
    for (int i = from; i < to; i++) {
      byte b = json[i];
      if (inString) {
        if (b == '\\') {
          target[out++] = b;
          b = json[++i];
        } else if (b == '"') {
          inString = false;
        }
      } else if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
        continue;
      } else if (b == '"') {
        inString = true;
      }
      target[out++] = b;
    }
    return out;
  }
}
