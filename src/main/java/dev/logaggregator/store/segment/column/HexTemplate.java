package dev.logaggregator.store.segment.column;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Texts of one length that differ in hexadecimal digits only, as UUIDs and trace ids do: two digits
 * a byte, those of one place of all texts side by side.
 *
 * @param sample one of the texts
 * @param varying the places that differ
 * @param letters 'a' or 'A': how digits beyond 9 are written
 */
record HexTemplate(byte[] sample, int[] varying, int letters) {

  private static final int MOST_BYTES = 256;
  private static final int FEWEST_VALUES = 16;
  private static final int FEWEST_DIGITS = 8;

  /** The form of some texts; null if they haven't it. */
  static @Nullable HexTemplate of(Tokens tokens) {
    int length = tokens.length(0);
    if (tokens.count() < FEWEST_VALUES || length > MOST_BYTES) {
      return null;
    }
    byte[] bytes = tokens.bytes();
    byte[] sample = Arrays.copyOfRange(bytes, tokens.start(0), tokens.end(0));
    boolean[] differs = new boolean[length];
    boolean[] digits = new boolean[2];
    for (int i = 1; i < tokens.count(); i++) {
      if (tokens.length(i) != length) {
        return null;
      }
      int start = tokens.start(i);
      for (int place = 0; place < length; place++) {
        byte b = bytes[start + place];
        if (b != sample[place] && !differs[place]) {
          if (!isDigit(sample[place], digits)) {
            return null;
          }
          differs[place] = true;
        }
        if (differs[place] && !isDigit(b, digits)) {
          return null;
        }
      }
    }
    int[] varying = places(differs);
    boolean bothCases = digits[0] && digits[1];
    return bothCases || varying.length < FEWEST_DIGITS
        ? null
        : new HexTemplate(sample, varying, digits[0] ? 'A' : 'a');
  }

  /** Whether it is one; and notes whether one in upper or lower case was seen. */
  private static boolean isDigit(byte b, boolean[] seen) {
    if (b >= '0' && b <= '9') {
      return true;
    }
    if (b >= 'A' && b <= 'F') {
      seen[0] = true;
      return true;
    }
    if (b >= 'a' && b <= 'f') {
      seen[1] = true;
      return true;
    }
    return false;
  }

  private static int[] places(boolean[] differs) {
    int[] places = new int[differs.length];
    int count = 0;
    for (int i = 0; i < differs.length; i++) {
      if (differs[i]) {
        places[count++] = i;
      }
    }
    return Arrays.copyOf(places, count);
  }

  void write(Tokens tokens, Compression compression, ByteSink out) {
    out.putSized(sample, 0, sample.length);
    out.putByte(letters);
    out.putVarint(varying.length);
    for (int place : varying) {
      out.putVarint(place);
    }
    int count = tokens.count();
    byte[] bytes = tokens.bytes();
    byte[] pairs = new byte[(varying.length + 1) / 2 * count];
    int at = 0;
    for (int i = 0; i < varying.length; i += 2) {
      int high = varying[i];
      int low = i + 1 < varying.length ? varying[i + 1] : -1;
      for (int token = 0; token < count; token++) {
        int start = tokens.start(token);
        int pair = value(bytes[start + high]) << 4;
        pairs[at++] = (byte) (low < 0 ? pair : pair | value(bytes[start + low]));
      }
    }
    compression.pack(pairs, 0, pairs.length, out);
  }

  private static int value(byte digit) {
    return digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
  }

  static TextValues read(ByteSource source, int count, boolean quoted) {
    byte[] sample = source.getSized(MOST_BYTES);
    int letters = source.getByte();
    int[] varying = new int[source.getCount(sample.length)];
    for (int i = 0; i < varying.length; i++) {
      varying[i] = source.getCount(sample.length - 1);
    }
    byte[] pairs = Compression.unpack(source);
    if (pairs.length != (varying.length + 1L) / 2 * count || (quoted && sample.length < 2)) {
      throw new DamagedSegmentException("digits are missing");
    }
    return new HexTemplate(sample, varying, letters).texts(pairs, count, quoted ? 1 : 0);
  }

  private TextValues texts(byte[] pairs, int count, int shared) {
    int length = sample.length - shared;
    byte[] bytes = new byte[Math.addExact(Math.multiplyExact(length, count), shared)];
    int[] starts = new int[count + 1];
    for (int i = 0; i < count; i++) {
      System.arraycopy(sample, 0, bytes, i * length, length);
      starts[i + 1] = starts[i] + length;
    }
    if (shared > 0) {
      bytes[bytes.length - 1] = '"';
    }
    byte[] digits = digits();
    for (int i = 0, at = 0; i < varying.length; i += 2, at += count) {
      int high = varying[i];
      int low = i + 1 < varying.length ? varying[i + 1] : high;
      for (int value = 0; value < count; value++) {
        int pair = pairs[at + value];
        int start = starts[value];
        bytes[start + low] = digits[pair & 0xF];
        bytes[start + high] = digits[pair >> 4 & 0xF];
      }
    }
    return new TextValues(bytes, starts, shared, null);
  }

  private byte[] digits() {
    byte[] digits = new byte[16];
    for (int i = 0; i < 16; i++) {
      digits[i] = (byte) (i < 10 ? '0' + i : letters - 10 + i);
    }
    return digits;
  }
}
