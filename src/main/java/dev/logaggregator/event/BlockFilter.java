package dev.logaggregator.event;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Two small Bloom filters over a run of events: one for exact keys (sources and ids), one for the
 * trigrams of their text, so that a search for a word that isn't there doesn't read the run.
 *
 * <p>Trigrams are those of the bytes, in one case. A trigram that has a byte beyond ASCII is not
 * asked for, since its case can't be folded bytewise.
 */
public final class BlockFilter {

  private static final int MIN_TRIGRAM_BITS = 10;
  private static final int MAX_TRIGRAM_BITS = 18;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Seeded apart, so that a source and an id of the same text are different keys. */
  private static final Hasher64 SOURCES = Hashing.wyhashFinal4(1);

  private static final Hasher64 IDS = Hashing.wyhashFinal4(2);
  private static final Hasher64 VALUES = Hashing.wyhashFinal4(3);

  private final long[] trigrams;
  private final int trigramShift;
  private final long[] keys;

  private BlockFilter(long[] trigrams, int trigramShift, long[] keys) {
    this.trigrams = trigrams;
    this.trigramShift = trigramShift;
    this.keys = keys;
  }

  /** Whether a key may have been added. */
  public boolean mayContainKey(long hash) {
    for (int i = 0; i < 3; i++) {
      if (!isSet(keys, keyBit(keys, hash, i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Three bytes of a word, folded: in letters this bit is their case. In other characters it means
   * something, so that some of them are taken for each other, which only costs a look.
   */
  private static int trigram(int word) {
    return (word | 0x202020) & 0xFFFFFF;
  }

  /** Whether all these trigrams may have been added. */
  public boolean mayContainText(int[] asked) {
    for (int trigram : asked) {
      if (!isSet(trigrams, bit(trigram, trigramShift))) {
        return false;
      }
    }
    return true;
  }

  /** Memory taken, in bytes. */
  public int sizeBytes() {
    return 8 * (trigrams.length + keys.length) + 64;
  }

  private static int bit(int trigram, int shift) {
    return trigram * 0x9E3779B1 >>> shift;
  }

  private static int keyBit(long[] keys, long hash, int i) {
    return (int) (hash >>> (i * 20)) & (keys.length * Long.SIZE - 1);
  }

  private static boolean isSet(long[] bits, int bit) {
    return (bits[bit >> 6] & 1L << bit) != 0;
  }

  /** The trigrams by which {@link #mayContainText} is asked for a text; none when it is short. */
  public static int[] trigrams(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int[] found = new int[bytes.length];
    int count = 0;
    for (int i = 0; i + 3 <= bytes.length; i++) {
      if (bytes[i] >= 0 && bytes[i + 1] >= 0 && bytes[i + 2] >= 0) {
        found[count++] = trigram(bytes[i] | bytes[i + 1] << 8 | bytes[i + 2] << 16);
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** The hash of a source. */
  public static long sourceHash(String source) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    return sourceHash(bytes, 0, bytes.length);
  }

  /** The hash of an id. */
  public static long idHash(String id) {
    byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
    return idHash(bytes, 0, bytes.length);
  }

  /** The hash of a field's value. */
  public static long valueHash(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return valueHash(bytes, 0, bytes.length);
  }

  /** The hash of a field's value, from UTF-8. */
  public static long valueHash(byte[] bytes, int from, int to) {
    return VALUES.hashBytesToLong(bytes, from, to - from);
  }

  /** The hash of a source, from UTF-8. */
  public static long sourceHash(byte[] bytes, int from, int to) {
    return SOURCES.hashBytesToLong(bytes, from, to - from);
  }

  /** The hash of an id, from UTF-8. */
  public static long idHash(byte[] bytes, int from, int to) {
    return IDS.hashBytesToLong(bytes, from, to - from);
  }

  /** Fills one filter after the other; one thread only. */
  public static final class Builder {

    /** A byte for each bit to be: setting a byte takes a third of the time of setting a bit. */
    private final byte[] flags = new byte[1 << MAX_TRIGRAM_BITS];

    private int trigramBits = MIN_TRIGRAM_BITS;
    private int shift = Integer.SIZE - MIN_TRIGRAM_BITS;
    private long[] keys = {0};

    /**
     * Begins a filter.
     *
     * @param keyCount how many keys will be added, for sizing: about 2 % of absent keys then look
     *     present
     * @param textBytes how much text will be added, for sizing: a bit for 16 bytes, 32 KiB at most,
     *     which is enough for the vocabulary of some megabytes of logs
     */
    public void begin(int keyCount, int textBytes) {
      trigramBits =
          Math.clamp(
              28L - Integer.numberOfLeadingZeros(Math.max(1, textBytes)),
              MIN_TRIGRAM_BITS,
              MAX_TRIGRAM_BITS);
      shift = Integer.SIZE - trigramBits;
      Arrays.fill(flags, 0, 1 << trigramBits, (byte) 0);
      int bits = Math.max(64, Integer.highestOneBit(Math.max(1, keyCount * 8 - 1)) << 1);
      keys = new long[bits >> 6];
    }

    /** Adds a key. */
    public void addKey(long hash) {
      for (int i = 0; i < 3; i++) {
        int bit = keyBit(keys, hash, i);
        keys[bit >> 6] |= 1L << bit;
      }
    }

    /** Adds all trigrams of a text. */
    public void addText(byte[] bytes, int from, int to) {
      int i = from;
      for (; i + Long.BYTES <= to; i += 6) {
        long word = (long) LONGS.get(bytes, i);
        flag((int) word);
        flag((int) (word >>> 8));
        flag((int) (word >>> 16));
        flag((int) (word >>> 24));
        flag((int) (word >>> 32));
        flag((int) (word >>> 40));
      }
      for (; i + 3 <= to; i++) {
        flag(bytes[i] & 0xFF | (bytes[i + 1] & 0xFF) << 8 | bytes[i + 2] << 16);
      }
    }

    private void flag(int word) {
      flags[bit(trigram(word), shift)] = 1;
    }

    /** The filter of what was added since {@link #begin}. */
    public BlockFilter build() {
      long[] trigrams = new long[1 << (trigramBits - 6)];
      for (int i = 0; i < 1 << (trigramBits - 3); i++) {
        trigrams[i >> 3] |= packed((long) LONGS.get(flags, 8 * i)) << 8 * i;
      }
      return new BlockFilter(trigrams, shift, keys);
    }

    /** Eight bytes of 0 or 1 as eight bits, the lowest byte lowest. */
    private static long packed(long flags) {
      return flags * 0x0102040810204080L >>> 56;
    }
  }
}
