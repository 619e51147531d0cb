package dev.logaggregator.event;

import dev.logaggregator.json.JsonBuffer;

/** An event as JSON, as every reader is sent it: on one line, absent fields left out. */
public final class EventJson {

  private EventJson() {}

  /** Writes the event that the view is at. */
  public static void write(EventView event, JsonBuffer out) {
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
    if (event.attributesStart() < event.attributesEnd()) {
      out.ascii(",\"attributes\":").raw(bytes, event.attributesStart(), event.attributesEnd());
    }
    out.ascii(",\"payload\":").raw(bytes, event.payloadStart(), event.payloadEnd()).put('}');
  }
}
