package dev.logaggregator.search;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.logaggregator.json.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Texts that are told apart, each with a number, from 0 on. Hashed with open addressing, by a seed
 * of the table's own, so that nobody can choose texts that collide. Not more of them than there is
 * room for. One thread at a time.
 */
final class TextTable {

  /** Instead of a number: the text is not told apart. */
  static final int NONE = -1;

  /**
   * Of a text beside its bytes: hash, end and slots, and what is counted for it, in arrays that
   * double.
   */
  private static final int BYTES_A_TEXT = 80;

  private static final int FIRST_SLOTS = 32;

  private final Hasher64 hasher = Hashing.komihash5_0(ThreadLocalRandom.current().nextLong());
  private final Room room;
  private final int most;
  private final long mostBytes;
  private byte[] bytes = new byte[128];
  private int[] ends = new int[FIRST_SLOTS / 2];
  private long[] hashes = new long[FIRST_SLOTS / 2];

  /** Numbers plus one; 0 where there is none. Twice as many as texts at least. */
  private int[] slots = new int[FIRST_SLOTS];

  private int size;

  /**
   * @param room for all that it takes
   * @param most how many texts to tell apart at most
   * @param mostBytes how long they may be together
   */
  TextTable(Room room, int most, long mostBytes) {
    this.room = room;
    this.most = most;
    this.mostBytes = mostBytes;
  }

  /** The number of a text, a new one if it is new; {@link #NONE} if there is no room for it. */
  int number(byte[] text, int from, int to) {
    long hash = hasher.hashBytesToLong(text, from, to - from);
    int slot = slot(text, from, to, hash);
    if (slots[slot] > 0) {
      return slots[slot] - 1;
    }
    if (!Utf8.isValid(text, from, to)) {
      byte[] replaced =
          new String(text, from, to - from, StandardCharsets.UTF_8)
              .getBytes(StandardCharsets.UTF_8);
      return number(replaced, 0, replaced.length);
    }
    if (!hasRoomFor(to - from)) {
      return NONE;
    }
    add(text, from, to, hash, slot);
    return size - 1;
  }

  int number(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return number(utf8, 0, utf8.length);
  }

  /** The number of a text; {@link #NONE} if it has none. */
  int find(byte[] text, int from, int to) {
    return slots[slot(text, from, to, hasher.hashBytesToLong(text, from, to - from))] - 1;
  }

  private int slot(byte[] text, int from, int to, long hash) {
    int slot = (int) hash & slots.length - 1;
    while (slots[slot] > 0 && !is(slots[slot] - 1, text, from, to, hash)) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  private boolean is(int number, byte[] text, int from, int to, long hash) {
    return hashes[number] == hash
        && Arrays.equals(bytes, start(number), ends[number], text, from, to);
  }

  private boolean hasRoomFor(int length) {
    return size < most
        && bytesUsed() + length <= mostBytes
        && room.tryTake(BYTES_A_TEXT + 2L * length);
  }

  private void add(byte[] text, int from, int to, long hash, int slot) {
    int start = bytesUsed();
    int end = start + to - from;
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    System.arraycopy(text, from, bytes, start, to - from);
    ends[size] = end;
    hashes[size] = hash;
    slots[slot] = ++size;
    if (2 * size > slots.length) {
      rehash();
    }
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    for (int number = 0; number < size; number++) {
      int slot = (int) hashes[number] & slots.length - 1;
      while (slots[slot] > 0) {
        slot = slot + 1 & slots.length - 1;
      }
      slots[slot] = number + 1;
    }
  }

  private int bytesUsed() {
    return size == 0 ? 0 : ends[size - 1];
  }

  private int start(int number) {
    return number == 0 ? 0 : ends[number - 1];
  }

  int size() {
    return size;
  }

  String text(int number) {
    return new String(bytes, start(number), ends[number] - start(number), StandardCharsets.UTF_8);
  }

  /** The number that another table has, or gets, for the text of this number. */
  int numberIn(TextTable other, int number) {
    return other.number(bytes, start(number), ends[number]);
  }

  /** Orders numbers by their texts, by the order of characters. */
  int compare(int one, int other) {
    return Arrays.compareUnsigned(bytes, start(one), ends[one], bytes, start(other), ends[other]);
  }
}
