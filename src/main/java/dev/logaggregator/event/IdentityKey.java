package dev.logaggregator.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * The secret by which a log hashes {@code (topic, id)} to 128 bits: SipHash-2-4 (Aumasson and
 * Bernstein, <a href="https://eprint.iacr.org/2012/351">SipHash: a fast short-input PRF</a>), whose
 * values nobody can predict who doesn't know the key. So nobody can choose ids that are taken for
 * those of others, however many he tries.
 *
 * <p>What is hashed is the topic, filled up with one to eight zero bytes to a multiple of eight,
 * and the id after it: topics have no zero bytes, so that no two pairs give the same input, and
 * what the topic makes of the state serves all of its ids.
 *
 * <p>A key lasts as long as anything is remembered that was hashed by it.
 */
public final class IdentityKey {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long first;
  private final long second;

  /** A key of 128 bits. */
  public IdentityKey(long first, long second) {
    this.first = first;
    this.second = second;
  }

  /** One that nobody knows. */
  public static IdentityKey random() {
    SecureRandom random = new SecureRandom();
    return new IdentityKey(random.nextLong(), random.nextLong());
  }

  /** The state before anything was hashed. */
  State begin() {
    State state = new State();
    state.v0 = first ^ 0x736f6d6570736575L;
    state.v1 = second ^ 0x646f72616e646f6dL ^ 0xee;
    state.v2 = first ^ 0x6c7967656e657261L;
    state.v3 = second ^ 0x7465646279746573L;
    return state;
  }

  /** What ids of that topic begin with. */
  State of(Topic topic) {
    State state = begin();
    byte[] name = topic.bytes();
    state.absorbWhole(name, 0, name.length);
    state.absorb(tail(name, name.length & ~7, name.length));
    state.length = (name.length & ~7) + Long.BYTES;
    return state;
  }

  /** The last bytes, fewer than eight, as the lower ones of a long. */
  private static long tail(byte[] bytes, int from, int to) {
    long tail = 0;
    for (int i = to - 1; i >= from; i--) {
      tail = tail << Byte.SIZE | bytes[i] & 0xFF;
    }
    return tail;
  }

  /** SipHash's state, and how many bytes led to it; at last, its result. */
  static final class State {

    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private int length;
    private long low;

    /** Hashes what comes after another state. */
    void finish(State begun, byte[] bytes, int from, int to) {
      v0 = begun.v0;
      v1 = begun.v1;
      v2 = begun.v2;
      v3 = begun.v3;
      absorbWhole(bytes, from, to);
      int rest = from + (to - from & ~7);
      absorb(tail(bytes, rest, to) | (long) (begun.length + to - from) << 56);
      v2 ^= 0xee;
      rounds(4);
      low = v0 ^ v1 ^ v2 ^ v3;
      v1 ^= 0xdd;
      rounds(4);
    }

    /** The first half of the result. */
    long low() {
      return low;
    }

    /** The second half of the result. */
    long high() {
      return v0 ^ v1 ^ v2 ^ v3;
    }

    private void absorbWhole(byte[] bytes, int from, int to) {
      for (int i = from; i + Long.BYTES <= to; i += Long.BYTES) {
        absorb((long) LONGS.get(bytes, i));
      }
    }

    private void absorb(long word) {
      v3 ^= word;
      rounds(2);
      v0 ^= word;
    }

    private void rounds(int count) {
      long a = v0;
      long b = v1;
      long c = v2;
      long d = v3;
      for (int i = 0; i < count; i++) {
        a += b;
        c += d;
        b = Long.rotateLeft(b, 13) ^ a;
        d = Long.rotateLeft(d, 16) ^ c;
        a = Long.rotateLeft(a, 32) + d;
        c += b;
        b = Long.rotateLeft(b, 17) ^ c;
        d = Long.rotateLeft(d, 21) ^ a;
        c = Long.rotateLeft(c, 32);
      }
      v0 = a;
      v1 = b;
      v2 = c;
      v3 = d;
    }
  }
}
