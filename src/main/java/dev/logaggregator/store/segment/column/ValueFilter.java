package dev.logaggregator.store.segment.column;

/**
 * A Bloom filter of the strings in a column, all bits of a string in one word, so that asking costs
 * one access: of those that aren't there, about two in a hundred seem to be.
 */
public record ValueFilter(long[] words) {

  private static final int BITS_A_VALUE = 10;
  private static final int BITS_SET = 4;

  static ValueFilter forValues(int count) {
    return new ValueFilter(new long[Math.max(1, count * BITS_A_VALUE / Long.SIZE)]);
  }

  void add(long hash) {
    words[word(hash)] |= bits(hash);
  }

  boolean mayHave(long hash) {
    long bits = bits(hash);
    return (words[word(hash)] & bits) == bits;
  }

  private int word(long hash) {
    return (int) ((hash >>> 32) * words.length >>> 32);
  }

  private static long bits(long hash) {
    long bits = 0;
    for (int i = 0; i < BITS_SET; i++) {
      bits |= 1L << (hash >>> 6 * i);
    }
    return bits;
  }

  void write(ByteSink out) {
    for (long word : words) {
      out.putLong(word);
    }
  }

  static ValueFilter read(ByteSource in, int size) {
    long[] words = new long[size];
    for (int i = 0; i < size; i++) {
      words[i] = in.getLong();
    }
    return new ValueFilter(words);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return "filter of " + words.length + " words";
  }
}
