package dev.logaggregator.intake;

import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.json.JsonScanner;
import dev.logaggregator.json.JsonText;
import java.util.Arrays;

/** Members of an envelope that are not the envelope's, in the order in which they come. */
final class OtherMembers {

  private static final int MOST_NAMES = 10;
  private static final int POSITIONS = 4;

  private final JsonBuffer object = new JsonBuffer(0);
  private int[] positions = new int[8 * POSITIONS];
  private int count;
  private int depth;
  private boolean spaced;

  void clear() {
    count = 0;
    depth = 0;
    spaced = false;
  }

  long heldBytes() {
    return object.bytes().length + (long) Integer.BYTES * positions.length;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** How deep the values nest. */
  int depth() {
    return depth;
  }

  /** Adds the member that the scanner is at. */
  void add(int keyStart, int keyEnd, int valueStart, int valueEnd, JsonScanner scanner) {
    int at = count * POSITIONS;
    if (at == positions.length) {
      positions = Arrays.copyOf(positions, at * 2);
    }
    positions[at] = keyStart;
    positions[at + 1] = keyEnd;
    positions[at + 2] = valueStart;
    positions[at + 3] = valueEnd;
    count++;
    depth = Math.max(depth, scanner.valueDepth());
    spaced |= scanner.valueIsSpaced();
  }

  /** Makes one object of them. */
  void writeTo(EventDraft.Slice payload, byte[] json) {
    object.clear();
    object.put('{');
    for (int at = 0; at < count * POSITIONS; at += POSITIONS) {
      if (at > 0) {
        object.put(',');
      }
      object
          .raw(json, positions[at], positions[at + 1])
          .put(':')
          .raw(json, positions[at + 2], positions[at + 3]);
    }
    object.put('}');
    payload.set(object.bytes(), 0, object.length(), spaced, false);
  }

  /** Their names, for an answer. */
  String names(byte[] json) {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < Math.min(count, MOST_NAMES); i++) {
      int at = i * POSITIONS;
      names
          .append(i == 0 ? "" : ", ")
          .append(
              InvalidEventException.quoted(
                  JsonText.unescape(json, positions[at] + 1, positions[at + 1] - 1)));
    }
    return count > MOST_NAMES ? names + " and " + (count - MOST_NAMES) + " more" : names.toString();
  }
}
