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

  /** The text of a JSON string, given its inside. A lone surrogate stays one. */
  public static String unescape(byte[] bytes, int from, int to) {
    String raw = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    int backslash = raw.indexOf('\\');
    if (backslash < 0) {
      return raw;
    }
    StringBuilder text = new StringBuilder(raw.length());
    int copied = 0;
    while (backslash >= 0) {
      text.append(raw, copied, backslash);
      char c = raw.charAt(backslash + 1);
      copied = backslash + 2;
      switch (c) {
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        case 'u' -> {
          text.append((char) Integer.parseInt(raw, copied, copied + 4, 16));
          copied += 4;
        }
        default -> text.append(c);
      }
      backslash = raw.indexOf('\\', copied);
    }
    return text.append(raw, copied, raw.length()).toString();
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
