package dev.logaggregator.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/**
 * Bytes of JSON being written, in an array that grows. For what is written a million times; where
 * an answer is written once, an object mapper does as well. Not for more than one thread.
 */
public final class JsonBuffer {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes;
  private int length;
  private long cachedSecond = Long.MIN_VALUE;
  private final byte[] cachedDateTime = new byte["2026-11-22T07:00:00".length()];

  /**
   * @param capacity how many bytes to have room for at first
   */
  public JsonBuffer(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  /** The array that holds what was written, from 0 to {@link #length()}; replaced on growth. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** Forgets what was written, keeps the array. */
  public void clear() {
    length = 0;
  }

  /** Forgets what was written after that length. */
  public void truncate(int newLength) {
    length = newLength;
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  /** The text written so far. */
  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** One ASCII character. */
  public JsonBuffer put(char c) {
    room(1);
    bytes[length++] = (byte) c;
    return this;
  }

  /** ASCII text as it is. */
  @SuppressWarnings("deprecation") // the one method that copies ASCII without an encoder
  public JsonBuffer ascii(String text) {
    int count = text.length();
    room(count);
    text.getBytes(0, count, bytes, length);
    length += count;
    return this;
  }

  /** Bytes as they are. */
  public JsonBuffer raw(byte[] source, int from, int to) {
    int count = to - from;
    room(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
    return this;
  }

  /** A JSON string. */
  public JsonBuffer string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return string(utf8, 0, utf8.length);
  }

  /** A JSON string, from UTF-8. */
  public JsonBuffer string(byte[] utf8, int from, int to) {
    return put('"').text(utf8, from, to).put('"');
  }

  /** A part of a JSON string, without quotes. */
  public JsonBuffer text(String part) {
    byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
    return text(utf8, 0, utf8.length);
  }

  private JsonBuffer text(byte[] utf8, int from, int to) {
    room(1 + (to - from));
    int copied = from;
    for (int i = from; i < to; i++) {
      byte b = utf8[i];
      if (b == '"' || b == '\\' || (b >= 0 && b < 0x20)) {
        raw(utf8, copied, i);
        escaped(b);
        copied = i + 1;
      }
    }
    return raw(utf8, copied, to);
  }

  /** How many bytes a text takes as a JSON string, without its quotes. */
  public static long encodedLength(byte[] utf8, int from, int to) {
    long length = 0;
    for (int i = from; i < to; i++) {
      length += encodedLength(utf8[i]);
    }
    return length;
  }

  /** Where a text must end to take no more than so many bytes as a JSON string without quotes. */
  public static int fitting(byte[] utf8, int from, int to, long most) {
    long length = 0;
    for (int i = from; i < to; i++) {
      length += encodedLength(utf8[i]);
      if (length > most) {
        return i;
      }
    }
    return to;
  }

  private static int encodedLength(byte b) {
    return switch (b) {
      case '"', '\\', '\n', '\r', '\t' -> 2;
      default -> b >= 0 && b < 0x20 ? 6 : 1;
    };
  }

  private void escaped(byte b) {
    switch (b) {
      case '"' -> ascii("\\\"");
      case '\\' -> ascii("\\\\");
      case '\n' -> ascii("\\n");
      case '\r' -> ascii("\\r");
      case '\t' -> ascii("\\t");
      default -> {
        ascii("\\u00");
        put((char) HEX[b >> 4]);
        put((char) HEX[b & 0xF]);
      }
    }
  }

  /** A JSON number. */
  public JsonBuffer number(long value) {
    if (value < 0) {
      return ascii(Long.toString(value));
    }
    room(19);
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    long rest = value;
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  /**
   * A JSON number with that many decimals at most (one at least, nine at most), without trailing
   * zeros beyond the first and without an exponent. For what is measured: sizes beyond nine
   * quadrillion lose their last digits.
   */
  public JsonBuffer decimal(double value, int decimals) {
    long scale = 1;
    for (int i = 0; i < decimals; i++) {
      scale *= 10;
    }
    long scaled = (long) Math.rint(Math.abs(value) * scale);
    if (value < 0 && scaled > 0) {
      put('-');
    }
    number(scaled / scale).put('.');
    long rest = scaled % scale;
    do {
      scale /= 10;
      put((char) ('0' + rest / scale));
      rest %= scale;
    } while (rest > 0);
    return this;
  }

  /** A JSON string with the time in RFC 3339, in UTC, with as many decimals as it needs. */
  public JsonBuffer timestamp(Instant time) {
    return timestamp(time.getEpochSecond(), time.getNano());
  }

  /** As {@link #timestamp(Instant)}: in groups of three decimals, 0 to 9 of them. */
  public JsonBuffer timestamp(long second, int nano) {
    if (second != cachedSecond) {
      cacheDateTime(second);
    }
    room(40);
    bytes[length++] = '"';
    raw(cachedDateTime, 0, cachedDateTime.length);
    if (nano != 0) {
      bytes[length++] = '.';
      int places = nano % 1_000_000 == 0 ? 3 : nano % 1_000 == 0 ? 6 : 9;
      int rest = places == 3 ? nano / 1_000_000 : places == 6 ? nano / 1_000 : nano;
      for (int i = length + places - 1; i >= length; i--) {
        bytes[i] = (byte) ('0' + rest % 10);
        rest /= 10;
      }
      length += places;
    }
    bytes[length++] = 'Z';
    bytes[length++] = '"';
    return this;
  }

  private void cacheDateTime(long second) {
    LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    twoDigits(0, time.getYear() / 100);
    twoDigits(2, time.getYear() % 100);
    cachedDateTime[4] = '-';
    twoDigits(5, time.getMonthValue());
    cachedDateTime[7] = '-';
    twoDigits(8, time.getDayOfMonth());
    cachedDateTime[10] = 'T';
    twoDigits(11, time.getHour());
    cachedDateTime[13] = ':';
    twoDigits(14, time.getMinute());
    cachedDateTime[16] = ':';
    twoDigits(17, time.getSecond());
    cachedSecond = second;
  }

  private void twoDigits(int at, int value) {
    cachedDateTime[at] = (byte) ('0' + value / 10);
    cachedDateTime[at + 1] = (byte) ('0' + value % 10);
  }

  private void room(int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
    }
  }
}
