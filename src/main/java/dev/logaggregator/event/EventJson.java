package dev.logaggregator.event;

import dev.logaggregator.json.JsonBuffer;

/** An event as JSON, as every reader is sent it: on one line, absent fields left out. */
public final class EventJson {

  /** For most envelopes. */
  private static final int TEXT_CAPACITY = 512;

  /** Names of fields, numbers and times. */
  private static final int MOST_BESIDE_CONTENT = 320;

  private EventJson() {}

  /** How many bytes {@link #write} takes for the event that the view is at, at most. */
  public static int mostBytes(EventView event) {
    // What isn't JSON yet may become escapes of six characters each.
    return MOST_BESIDE_CONTENT
        + event.topic().name().length()
        + 6 * (event.idEnd() - event.idStart() + event.sourceEnd() - event.sourceStart())
        + event.attributesEnd()
        - event.attributesStart()
        + event.payloadEnd()
        - event.payloadStart();
  }

  /** Writes the event that the view is at. */
  public static void write(EventView event, JsonBuffer out) {
    writeEnvelope(event, out);
    byte[] bytes = event.bytes();
    if (event.attributesStart() < event.attributesEnd()) {
      out.ascii(",\"attributes\":").raw(bytes, event.attributesStart(), event.attributesEnd());
    }
    out.ascii(",\"payload\":").raw(bytes, event.payloadStart(), event.payloadEnd()).put('}');
  }

  /** What has no bound but that of a whole event comes after it. */
  private static void writeEnvelope(EventView event, JsonBuffer out) {
    byte[] bytes = event.bytes();
    out.ascii("{\"offset\":").number(event.offset());
    out.ascii(",\"topic\":\"").ascii(event.topic().name());
    out.ascii("\",\"id\":").string(bytes, event.idStart(), event.idEnd());
    if (event.sourceStart() < event.sourceEnd()) {
      out.ascii(",\"source\":").string(bytes, event.sourceStart(), event.sourceEnd());
    }
    Level level = event.level();
    if (level != null) {
      out.ascii(",\"level\":\"").ascii(level.name()).put('"');
    }
    out.ascii(",\"timestamp\":").timestamp(event.timestampSecond(), event.timestampNano());
    long received = event.receivedNanos();
    out.ascii(",\"receivedAt\":")
        .timestamp(
            Math.floorDiv(received, 1_000_000_000L), (int) Math.floorMod(received, 1_000_000_000L));
  }

  /**
   * Writes a part of what {@link #write} writes, for events that are too large to be copied whole
   * for each reader.
   *
   * @param from how many bytes to leave out at the beginning
   * @param most how many bytes to write at most
   * @return whether that was the end
   */
  public static boolean writePart(EventView event, long from, int most, JsonBuffer out) {
    JsonBuffer text = new JsonBuffer(TEXT_CAPACITY);
    writeEnvelope(event, text);
    Part part = new Part(from, most, out);
    byte[] bytes = event.bytes();
    if (event.attributesStart() < event.attributesEnd()) {
      text.ascii(",\"attributes\":");
      part.add(text.bytes(), 0, text.length());
      part.add(bytes, event.attributesStart(), event.attributesEnd());
      text.clear();
    }
    text.ascii(",\"payload\":");
    part.add(text.bytes(), 0, text.length());
    part.add(bytes, event.payloadStart(), event.payloadEnd());
    text.clear();
    text.put('}');
    return part.add(text.bytes(), 0, text.length());
  }

  /** The stretch of a text that is to be written, while the text goes by. */
  private static final class Part {

    private final JsonBuffer out;
    private long toSkip;
    private int room;

    Part(long from, int most, JsonBuffer out) {
      this.toSkip = from;
      this.room = most;
      this.out = out;
    }

    /** Takes what is wanted of it; whether that is all up to its end. */
    boolean add(byte[] bytes, int start, int end) {
      int skipped = (int) Math.min(toSkip, end - start);
      toSkip -= skipped;
      int taken = Math.min(room, end - start - skipped);
      room -= taken;
      out.raw(bytes, start + skipped, start + skipped + taken);
      return skipped + taken == end - start;
    }
  }
}
