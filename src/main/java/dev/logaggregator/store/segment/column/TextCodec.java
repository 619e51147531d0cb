package dev.logaggregator.store.segment.column;

import java.util.Arrays;

/**
 * Runs of texts, in the first form that suits them: few different ones as a dictionary; numbers
 * that are only said more nicely ({@code "c-98850"}) as numbers; hexadecimal digits at fixed places
 * as half bytes; else as they are.
 */
final class TextCodec {

  static final int PLAIN = 0;
  static final int DICTIONARY = 1;
  static final int AFFIXED = 2;
  static final int HEXADECIMAL = 3;

  private static final int DICTIONARY_SAMPLE = 128;

  private final LongCodec longs;
  private final Compression compression;
  private final Distinct distinct = new Distinct();
  private final Tokens dictionary = new Tokens();
  private long[] numbers = new long[256];

  TextCodec(LongCodec longs, Compression compression) {
    this.longs = longs;
    this.compression = compression;
  }

  /**
   * Writes texts.
   *
   * @return whether there are few different ones
   */
  boolean write(Tokens tokens, ByteSink out) {
    int count = tokens.count();
    if (isRepetitive(tokens, 4)) {
      writeDictionary(count, out);
      return true;
    }
    AffixedNumbers affixed = AffixedNumbers.of(tokens);
    if (affixed != null) {
      out.putByte(AFFIXED);
      affixed.write(out);
      affixed.parse(tokens, numbers);
      longs.write(numbers, count, out);
      return false;
    }
    HexTemplate template = HexTemplate.of(tokens);
    if (template != null) {
      out.putByte(HEXADECIMAL);
      template.write(tokens, compression, out);
      return false;
    }
    out.putByte(PLAIN);
    writePlain(tokens, out);
    return false;
  }

  /** Writes the dictionary and the codes that were made last. */
  void writeDictionary(int count, ByteSink out) {
    out.putByte(DICTIONARY);
    out.putVarint(dictionary.count());
    writePlain(dictionary, out);
    longs.write(numbers, count, out);
  }

  private void writePlain(Tokens tokens, ByteSink out) {
    int count = tokens.count();
    long[] lengths = new long[count];
    for (int i = 0; i < count; i++) {
      lengths[i] = tokens.start(i + 1) - tokens.start(i);
    }
    longs.write(lengths, count, out);
    compression.pack(tokens.bytes(), 0, tokens.size(), out);
  }

  /**
   * Whether each text occurs so often on average; then the dictionary and the codes have been made.
   */
  boolean isRepetitive(Tokens tokens, int often) {
    int count = tokens.count();
    int most = Math.max(1, count / often);
    numbers = numbers.length < count ? new long[2 * count] : numbers;
    distinct.begin(most);
    dictionary.begin(tokens.isQuoted());
    for (int i = 0; i < count; i++) {
      int code = distinct.code(tokens, i);
      if (code == dictionary.count()) {
        if (code == most || (i == DICTIONARY_SAMPLE && code > DICTIONARY_SAMPLE * 3 / 4)) {
          return false;
        }
        dictionary.add(tokens.bytes(), tokens.start(i), tokens.end(i));
      }
      numbers[i] = code;
    }
    dictionary.end();
    return true;
  }

  /**
   * Reads so many texts.
   *
   * @param quoted whether they are strings in their quotes
   */
  static ColumnValues read(ByteSource source, int count, boolean quoted) {
    return switch (source.getByte()) {
      case PLAIN -> readPlain(source, count, quoted);
      case DICTIONARY -> readDictionary(source, count, quoted);
      case AFFIXED -> AffixedNumbers.read(source, quoted).values(LongCodec.read(source, count));
      case HEXADECIMAL -> HexTemplate.read(source, count, quoted);
      default -> throw new DamagedSegmentException("texts in an unknown form");
    };
  }

  private static TextValues readPlain(ByteSource source, int count, boolean quoted) {
    long[] lengths = LongCodec.read(source, count);
    byte[] bytes = Compression.unpack(source);
    int shared = quoted ? 1 : 0;
    int[] starts = new int[count + 1];
    long at = 0;
    for (int i = 0; i < count; i++) {
      if (lengths[i] < shared || lengths[i] > bytes.length) {
        throw new DamagedSegmentException("a text has an impossible length");
      }
      at += lengths[i];
      starts[i + 1] = (int) Math.min(at, Integer.MAX_VALUE);
    }
    if (at + shared != bytes.length) {
      throw new DamagedSegmentException("texts are missing");
    }
    return new TextValues(bytes, starts, shared, null);
  }

  private static TextValues readDictionary(ByteSource source, int count, boolean quoted) {
    int size = source.getCount(Math.max(1, count));
    TextValues texts = readPlain(source, size, quoted);
    long[] read = LongCodec.read(source, count);
    int[] codes = new int[count];
    for (int i = 0; i < count; i++) {
      if (read[i] < 0 || read[i] >= size) {
        throw new DamagedSegmentException("a text is not in the dictionary");
      }
      codes[i] = (int) read[i];
    }
    return texts.coded(codes);
  }

  /** Numbers the different texts, by a table with open addressing. */
  private static final class Distinct {

    private int[] table = new int[64];
    private int[] firsts = new int[32];
    private int[] hashes = new int[32];
    private int count;

    void begin(int most) {
      int slots = Integer.highestOneBit(Math.max(32, most)) * 4;
      if (table.length < slots) {
        table = new int[slots];
        firsts = new int[slots];
        hashes = new int[slots];
      }
      Arrays.fill(table, 0);
      count = 0;
    }

    /** The number of a text: the next one if it is new. */
    int code(Tokens tokens, int index) {
      int start = tokens.start(index);
      int end = tokens.end(index);
      int hash = hash(tokens.bytes(), start, end);
      int mask = table.length - 1;
      for (int slot = hash & mask; ; slot = slot + 1 & mask) {
        int code = table[slot] - 1;
        if (code < 0) {
          table[slot] = ++count;
          firsts[count - 1] = index;
          hashes[count - 1] = hash;
          return count - 1;
        }
        if (hashes[code] == hash && isSame(tokens, firsts[code], start, end)) {
          return code;
        }
      }
    }

    private static boolean isSame(Tokens tokens, int other, int start, int end) {
      byte[] bytes = tokens.bytes();
      return Arrays.equals(bytes, start, end, bytes, tokens.start(other), tokens.end(other));
    }

    private static int hash(byte[] bytes, int from, int to) {
      int hash = to - from;
      for (int i = from; i < to; i++) {
        hash = hash * 31 + bytes[i];
      }
      return hash * 0x9E3779B1 >>> 8;
    }
  }

  /** The longest common beginning of texts, or of texts seen from their ends. */
  static int common(Tokens tokens, int most, boolean fromStart) {
    byte[] bytes = tokens.bytes();
    int common = most;
    for (int i = 1; i < tokens.count() && common > 0; i++) {
      if (fromStart) {
        int same =
            Arrays.mismatch(
                bytes,
                tokens.start(0),
                tokens.start(0) + common,
                bytes,
                tokens.start(i),
                tokens.start(i) + Math.min(common, tokens.length(i)));
        common = same < 0 ? common : same;
      } else {
        int same = 0;
        int limit = Math.min(common, tokens.length(i));
        while (same < limit && bytes[tokens.end(0) - 1 - same] == bytes[tokens.end(i) - 1 - same]) {
          same++;
        }
        common = same;
      }
    }
    return common;
  }
}
