package dev.logaggregator.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The escapes within the strings of valid JSON. */
public final class JsonEscapes {

  /** What {@code \" \\ \/ \b \f \n \r \t} stand for. */
  private static final Pattern SHORT_FORM = Pattern.compile("[\"\\\\/\b\f\n\r\t]");

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long BACKSLASHES = ONES * '\\';

  private JsonEscapes() {}

  /**
   * The longest piece of some texts that stands as it is wherever they do, unless there are Unicode
   * escapes; null if there is none. Whatever has a short form may be written by it.
   */
  public static @Nullable String longestPlain(Collection<String> texts) {
    return texts.stream()
        .flatMap(text -> Arrays.stream(SHORT_FORM.split(text)))
        .filter(piece -> !piece.isEmpty())
        .max(Comparator.comparingInt(String::length))
        .orElse(null);
  }

  /** Whether any character may hide behind four hexadecimal digits. */
  public static boolean hasUnicode(byte[] json, int from, int to) {
    int at = next(json, from, to);
    while (at < to && json[at + 1] != 'u') {
      at = next(json, at + 2, to);
    }
    return at < to;
  }

  /** Where the next backslash is; not less than {@code to} if there is none. */
  public static int next(byte[] json, int from, int to) {
    int at = from;
    while (at + 16 <= to && (backslashes(json, at) | backslashes(json, at + 8)) == 0) {
      at += 16;
    }
    for (; at + 8 <= to; at += 8) {
      long found = backslashes(json, at);
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (at < to && json[at] != '\\') {
      at++;
    }
    return at;
  }

  /** Not 0 if one of eight bytes is a backslash; the lowest bit that is set tells the first. */
  private static long backslashes(byte[] json, int at) {
    long word = (long) LONGS.get(json, at) ^ BACKSLASHES;
    return (word - ONES) & ~word & HIGHS;
  }

  /** The same with each escape replaced by the character that it stands for, in UTF-8. */
  public static byte[] decode(byte[] json, int from, int to) {
    byte[] text = new byte[to - from];
    int length = 0;
    int at = from;
    while (at < to) {
      int escape = Math.min(next(json, at, to), to);
      System.arraycopy(json, at, text, length, escape - at);
      length += escape - at;
      if (escape == to) {
        break;
      }
      byte form = json[escape + 1];
      at = escape + 2;
      if (form == 'u') {
        int unit = unit(json, at);
        at += 4;
        if (Character.isHighSurrogate((char) unit) && isLowSurrogate(json, at, to)) {
          unit = Character.toCodePoint((char) unit, (char) unit(json, at + 2));
          at += 6;
        }
        length = Utf8.put(unit, text, length);
      } else {
        text[length++] = shortForm(form);
      }
    }
    return Arrays.copyOf(text, length);
  }

  private static boolean isLowSurrogate(byte[] json, int at, int to) {
    return at + 6 <= to
        && json[at] == '\\'
        && json[at + 1] == 'u'
        && Character.isLowSurrogate((char) unit(json, at + 2));
  }

  private static int unit(byte[] json, int at) {
    int unit = 0;
    for (int i = at; i < at + 4; i++) {
      unit = unit << 4 | Character.digit(json[i], 16);
    }
    return unit;
  }

  private static byte shortForm(byte form) {
    return (byte)
        switch (form) {
          case 'b' -> '\b';
          case 'f' -> '\f';
          case 'n' -> '\n';
          case 'r' -> '\r';
          case 't' -> '\t';
          default -> form;
        };
  }
}
