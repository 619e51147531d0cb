package dev.logaggregator.filter;

import dev.logaggregator.json.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The name of a field while an event is gone through: a path that grows and shrinks, in front of
 * which it is said where it leads from if it would mean something else. What is longer than a
 * reader's field may be is not kept, so that its memory doesn't depend on events.
 */
public final class FieldName {

  /** Paths that don't lead into the payload, as they are. */
  private static final List<byte[]> RESERVED =
      Stream.concat(FieldReader.ENVELOPE_FIELDS.stream(), Stream.of("payload", "attributes"))
          .map(name -> name.getBytes(StandardCharsets.UTF_8))
          .toList();

  private static final List<byte[]> PREFIXES =
      Stream.of("payload.", "attributes.")
          .map(name -> name.getBytes(StandardCharsets.UTF_8))
          .toList();

  private final int start;
  private final byte[] bytes;
  private int end;
  private int from;
  private boolean root = true;

  /**
   * @param origin where paths lead from
   */
  FieldName(String origin) {
    byte[] prefix = (origin + ".").getBytes(StandardCharsets.UTF_8);
    start = prefix.length;
    bytes = Arrays.copyOf(prefix, start + FieldReader.MAX_LENGTH);
    end = start;
  }

  /** Holds the name, as UTF-8, until the next one, unless it is too long. */
  public byte[] bytes() {
    return bytes;
  }

  public int from() {
    return from;
  }

  public int to() {
    return root ? start - 1 : end;
  }

  /** Whether it is longer than any field that is asked for. */
  public boolean isTooLong() {
    return end > bytes.length;
  }

  /** The path without its origin. */
  String path() {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  void clear() {
    end = start;
    root = true;
  }

  /** Leads there from the origin. */
  void set(String path) {
    clear();
    byte[] utf8 = Utf8.bytes(path);
    enter(utf8, 0, utf8.length);
  }

  /** Adds a step, and returns what is to be left again. */
  int enter(byte[] key, int keyFrom, int keyTo) {
    int parent = root ? -1 : end;
    int at = root ? start : end + 1;
    int after = at + keyTo - keyFrom;
    if (after <= bytes.length) {
      if (!root) {
        bytes[end] = '.';
      }
      System.arraycopy(key, keyFrom, bytes, at, keyTo - keyFrom);
    }
    root = false;
    end = after;
    return parent;
  }

  void leave(int parent) {
    root = parent < 0;
    end = root ? start : parent;
  }

  /** Decides whether the origin is part of the name; it is where the path alone is ambiguous. */
  void qualify(boolean hidden) {
    boolean qualified = !isTooLong() && (root || hidden || isReserved());
    from = qualified ? 0 : start;
  }

  private boolean isReserved() {
    for (byte[] name : RESERVED) {
      if (Arrays.equals(bytes, start, end, name, 0, name.length)) {
        return true;
      }
    }
    for (byte[] prefix : PREFIXES) {
      int length = prefix.length;
      if (end - start >= length && Arrays.equals(bytes, start, start + length, prefix, 0, length)) {
        return true;
      }
    }
    return isBlank();
  }

  /** No reader is asked for a blank name. */
  private boolean isBlank() {
    return (end == start || bytes[start] <= ' ') && path().isBlank();
  }
}
