package dev.logaggregator.filter;

import dev.logaggregator.event.EventRows;
import dev.logaggregator.json.JsonEscapes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Tells whether a text may begin or end in a value and go on beside it. */
final class Borders {

  private final byte[] text;

  /** Case beyond ASCII isn't a matter of bytes; such texts may be anywhere. */
  private final boolean ascii;

  Borders(String text) {
    this.text = folded(text.getBytes(StandardCharsets.UTF_8));
    this.ascii = text.chars().allMatch(c -> c < 0x80);
  }

  private static byte[] folded(byte[] bytes) {
    byte[] folded = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      folded[i] = LetterCase.fold(bytes[i]);
    }
    return folded;
  }

  /**
   * Whether it may lie across one of the borders.
   *
   * @param frame what is around the values, see {@link EventRows#frames}
   */
  boolean mayBeCrossed(byte[] frame, int from, int to) {
    byte[] meant = folded(JsonEscapes.decode(frame, from, to));
    boolean valueBefore = false;
    int start = 0;
    for (int at = 0; at < meant.length; at++) {
      if (meant[at] == EventRows.GAP) {
        if (mayTouch(meant, start, at, valueBefore, true)) {
          return true;
        }
        valueBefore = true;
        start = at + EventRows.GAP_BYTES;
        at = start - 1;
      }
    }
    return mayTouch(meant, start, meant.length, valueBefore, false);
  }

  private boolean mayTouch(
      byte[] frame, int from, int to, boolean valueBefore, boolean valueBehind) {
    if (from == to) {
      return false;
    }
    if (!ascii) {
      return valueBefore || valueBehind;
    }
    int length = to - from;
    // The text ends within the literal, or begins within it, or has all of it inside.
    for (int common = 1; common < text.length; common++) {
      boolean endsHere =
          valueBefore && common <= length && isSame(frame, from, text.length - common, common);
      boolean beginsHere = valueBehind && common <= length && isSame(frame, to - common, 0, common);
      boolean inside = common + length <= text.length && isSame(frame, from, common, length);
      if (endsHere || beginsHere || (inside && valueBefore)) {
        return true;
      }
    }
    return false;
  }

  private boolean isSame(byte[] frame, int at, int textAt, int length) {
    return Arrays.equals(frame, at, at + length, text, textAt, textAt + length);
  }
}
