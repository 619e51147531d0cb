package dev.logaggregator.event;

import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.json.JsonText;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way into a batch, reused for each: what a decoder found, as pieces of the bytes
 * that it read, before anything is copied.
 */
public final class EventDraft {

  /** A piece of somebody else's bytes; empty until set. */
  public static final class Slice {

    private static final byte[] NOTHING = {};

    byte[] bytes = NOTHING;
    int from;
    int to;
    boolean spaced;
    boolean unescaped;

    /** Takes the piece from {@code start} (inclusive) to {@code end} (exclusive). */
    public void set(byte[] of, int start, int end) {
      set(of, start, end, false, false);
    }

    /**
     * @param hasSpace whether it is JSON with white space between its tokens, which is left out
     *     when the event is copied
     * @param hasNoEscape whether it is JSON that is known to have no backslash
     */
    public void set(byte[] of, int start, int end, boolean hasSpace, boolean hasNoEscape) {
      bytes = of;
      from = start;
      to = end;
      spaced = hasSpace;
      unescaped = hasNoEscape;
    }

    /** Takes the whole. */
    public void set(byte[] of) {
      set(of, 0, of.length);
    }

    /** Back to nothing. */
    public void clear() {
      set(NOTHING, 0, 0);
    }

    /** Length in bytes. */
    public int length() {
      return to - from;
    }

    boolean hasEscape() {
      return !unescaped && JsonText.hasEscape(bytes, from, to);
    }

    public boolean isEmpty() {
      return to == from;
    }

    /** A copy of the piece. */
    public byte[] toByteArray() {
      return Arrays.copyOfRange(bytes, from, to);
    }

    /** Writes the piece as a JSON string; for a piece of text. */
    public void writeString(JsonBuffer out) {
      out.string(bytes, from, to);
    }
  }

  /** Where it is published to; must be set. */
  public @Nullable Topic topic;

  /** UTF-8; when it stays empty, a UUIDv7 is made. */
  public final Slice id = new Slice();

  /** UTF-8; empty if not said. */
  public final Slice source = new Slice();

  /** Null if not said. */
  public @Nullable Level level;

  /** Null if not said; then {@code receivedAt}. */
  public @Nullable Instant timestamp;

  /** A valid JSON object of strings; empty if not said. */
  public final Slice attributes = new Slice();

  /** Valid JSON; must be set. */
  public final Slice payload = new Slice();

  /** Ready for the next event. */
  public void clear() {
    topic = null;
    id.clear();
    source.clear();
    level = null;
    timestamp = null;
    attributes.clear();
    payload.clear();
  }
}
