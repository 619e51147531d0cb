package dev.logaggregator.store.segment.column;

import dev.logaggregator.event.EventColumn;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Texts that differ in a number only: {@code "c-98850"}, {@code "0017 ms"}.
 *
 * @param prefix what is before the number
 * @param suffix what is behind it
 * @param digits how many digits it has always, zeros first; 0 if as many as needed
 */
record AffixedNumbers(byte[] prefix, byte[] suffix, int digits) {

  private static final int MOST_AFFIX_BYTES = 1024;

  /** What a dictionary or a block of text would do better. */
  private static final int FEWEST_VALUES = 4;

  /** The form of some texts; null if they haven't it. */
  static @Nullable AffixedNumbers of(Tokens tokens) {
    if (tokens.count() < FEWEST_VALUES) {
      return null;
    }
    byte[] first = Arrays.copyOfRange(tokens.bytes(), tokens.start(0), tokens.end(0));
    if (!isPlausible(tokens)) {
      return null;
    }
    int shortest = Math.min(first.length, MOST_AFFIX_BYTES);
    int prefix = TextCodec.common(tokens, shortest, true);
    while (prefix > 0 && isDigit(first[prefix - 1])) {
      prefix--;
    }
    int suffix = TextCodec.common(tokens, Math.min(shortest, first.length - prefix), false);
    while (suffix > 0 && isDigit(first[first.length - suffix])) {
      suffix--;
    }
    int digits = digits(tokens, prefix, suffix);
    return digits < 0
        ? null
        : new AffixedNumbers(
            Arrays.copyOf(first, prefix),
            Arrays.copyOfRange(first, first.length - suffix, first.length),
            digits);
  }

  /** Whether two neighbours could be of that form, which most texts' aren't. */
  private static boolean isPlausible(Tokens tokens) {
    byte[] bytes = tokens.bytes();
    int differing =
        Arrays.mismatch(
            bytes, tokens.start(0), tokens.end(0), bytes, tokens.start(1), tokens.end(1));
    return differing < 0
        || differing >= Math.min(tokens.length(0), tokens.length(1))
        || isDigit(bytes[tokens.start(0) + differing])
        || isDigit(bytes[tokens.start(1) + differing]);
  }

  /** How many digits all of them have; 0 if not as many, but without zeros first; or negative. */
  private static int digits(Tokens tokens, int prefix, int suffix) {
    byte[] bytes = tokens.bytes();
    int width = tokens.length(0) - prefix - suffix;
    boolean sameWidth = true;
    boolean zerosFirst = false;
    for (int i = 0; i < tokens.count(); i++) {
      int from = tokens.start(i) + prefix;
      int to = tokens.end(i) - suffix;
      if (to <= from || to - from > SpelledNumber.MOST_DIGITS) {
        return -1;
      }
      for (int at = from; at < to; at++) {
        if (!isDigit(bytes[at])) {
          return -1;
        }
      }
      sameWidth &= to - from == width;
      zerosFirst |= bytes[from] == '0' && to - from > 1;
    }
    return sameWidth ? width : zerosFirst ? -1 : 0;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** Reads the numbers of texts that have the form. */
  void parse(Tokens tokens, long[] target) {
    byte[] bytes = tokens.bytes();
    for (int i = 0; i < tokens.count(); i++) {
      int to = tokens.end(i) - suffix.length;
      long value = 0;
      for (int at = tokens.start(i) + prefix.length; at < to; at++) {
        value = value * 10 + bytes[at] - '0';
      }
      target[i] = value;
    }
  }

  void write(ByteSink out) {
    out.putSized(prefix, 0, prefix.length);
    out.putSized(suffix, 0, suffix.length);
    out.putVarint(digits);
  }

  static AffixedNumbers read(ByteSource source, boolean quoted) {
    byte[] prefix = source.getSized(MOST_AFFIX_BYTES);
    byte[] suffix = source.getSized(MOST_AFFIX_BYTES);
    int digits = source.getCount(SpelledNumber.MOST_DIGITS);
    if (quoted && (prefix.length == 0 || suffix.length == 0)) {
      throw new DamagedSegmentException("a string has no quotes");
    }
    return new AffixedNumbers(prefix, suffix, digits);
  }

  ColumnValues values(long[] numbers) {
    long limit = SpelledNumber.power(digits == 0 ? SpelledNumber.MOST_DIGITS : digits);
    for (long number : numbers) {
      if (number < 0 || number >= limit) {
        throw new DamagedSegmentException("a number has too many digits");
      }
    }
    return new Values(this, numbers);
  }

  private record Values(AffixedNumbers form, long[] numbers) implements ColumnValues {

    @Override
    public int count() {
      return numbers.length;
    }

    @Override
    public int @Nullable [] valueCodes() {
      return null;
    }

    @Override
    public int codes() {
      return numbers.length;
    }

    @Override
    public void append(int index, ByteSink out) {
      byte[] target = out.reserve(form.mostBytes());
      out.advance(form.spell(numbers[index], target, out.size()) - out.size());
    }

    @Override
    public boolean mayHaveByte(int value) {
      return form.mayHaveByte(value);
    }

    @Override
    public EventColumn.@Nullable Digits digits() {
      return form.hasDigitsBeside() ? null : new EventColumn.Digits(numbers, 0, form.name());
    }

    @Override
    public TextValues texts() {
      byte[] bytes = new byte[numbers.length * form.mostBytes()];
      int[] starts = new int[numbers.length + 1];
      for (int i = 0; i < numbers.length; i++) {
        starts[i + 1] = form.spell(numbers[i], bytes, starts[i]);
      }
      return new TextValues(bytes, starts, 0, null);
    }

    @Override
    public @Nullable NumberValues asNumbers() {
      return null;
    }
  }

  private String name() {
    String before = new String(prefix, StandardCharsets.ISO_8859_1);
    return digits + "." + before + '\0' + new String(suffix, StandardCharsets.ISO_8859_1);
  }

  private boolean hasDigitsBeside() {
    for (byte digit = '0'; digit <= '9'; digit++) {
      if (has(prefix, digit) || has(suffix, digit)) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(byte[] bytes, byte wanted) {
    for (byte b : bytes) {
      if (b == wanted) {
        return true;
      }
    }
    return false;
  }

  private boolean mayHaveByte(int value) {
    boolean isDigit = value >= '0' && value <= '9';
    return isDigit || mayMean(prefix, value) || mayMean(suffix, value);
  }

  /** Any byte may hide behind an escape. */
  private static boolean mayMean(byte[] bytes, int value) {
    for (byte b : bytes) {
      if (b == (byte) value || b == '\\') {
        return true;
      }
    }
    return false;
  }

  private int mostBytes() {
    return prefix.length + SpelledNumber.MOST_BYTES + suffix.length;
  }

  private int spell(long number, byte[] target, int at) {
    System.arraycopy(prefix, 0, target, at, prefix.length);
    int out = at + prefix.length;
    out =
        digits == 0
            ? SpelledNumber.write(number, 0, target, out)
            : SpelledNumber.writeDigits(number, digits, target, out);
    System.arraycopy(suffix, 0, target, out, suffix.length);
    return out + suffix.length;
  }
}
