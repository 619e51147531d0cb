package dev.logaggregator.store.segment.column;

import org.jspecify.annotations.Nullable;

/** Runs of JSON numbers: as numbers where that loses nothing of their spelling, else as texts. */
final class NumberCodec {

  private static final int NUMBERS = 0;
  private static final int TEXTS = 1;

  private final LongCodec longs;
  private final TextCodec texts;
  private final SpelledNumber number = new SpelledNumber();

  NumberCodec(LongCodec longs, TextCodec texts) {
    this.longs = longs;
    this.texts = texts;
  }

  /**
   * Writes them.
   *
   * @return their range; null if some are spelled unusually
   */
  @Nullable NumberRange write(Tokens tokens, ByteSink out) {
    NumberValues numbers = parse(tokens);
    if (numbers == null) {
      out.putByte(TEXTS);
      texts.write(tokens, out);
      return null;
    }
    if (texts.isRepetitive(tokens, 16)) {
      out.putByte(TEXTS);
      texts.writeDictionary(tokens.count(), out);
    } else {
      out.putByte(NUMBERS);
      numbers.write(longs, out);
    }
    return NumberRange.of(numbers);
  }

  private @Nullable NumberValues parse(Tokens tokens) {
    int count = tokens.count();
    long[] digits = new long[count];
    byte[] scales = new byte[count];
    for (int i = 0; i < count; i++) {
      if (!number.parse(tokens.bytes(), tokens.start(i), tokens.end(i))) {
        return null;
      }
      digits[i] = number.digits;
      scales[i] = (byte) number.scale;
    }
    return NumberValues.ofSpelled(digits, scales);
  }

  static ColumnValues read(ByteSource source, int count) {
    return switch (source.getByte()) {
      case NUMBERS -> NumberValues.read(source, count);
      case TEXTS -> TextCodec.read(source, count, false);
      default -> throw new DamagedSegmentException("numbers in an unknown form");
    };
  }
}
