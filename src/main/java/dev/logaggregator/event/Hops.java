package dev.logaggregator.event;

import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.json.JsonScanner;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Through how many pushes an event has come. A push says it in a header; who publishes in answer to
 * one passes the header on, and publishing keeps it with the event as an attribute, so that the
 * next push can count on. So an event that is pushed to where it comes from goes round a bounded
 * number of times.
 */
public final class Hops {

  /** As pushes have it, and as publishers pass it on. */
  public static final String HEADER = "Log-Hops";

  private static final String ATTRIBUTE = "_hops";
  private static final String QUOTED = '"' + ATTRIBUTE + '"';
  private static final byte[] QUOTED_NAME = QUOTED.getBytes(StandardCharsets.US_ASCII);
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

  private Hops() {}

  /**
   * The number in a header; 0 if there is none.
   *
   * @throws InvalidEventException when the header is malformed
   */
  public static int parse(@Nullable String header) {
    if (header == null) {
      return 0;
    }
    if (!NUMBER.matcher(header).matches()) {
      throw new InvalidEventException(HEADER, "must be a number of at most four digits");
    }
    return Integer.parseInt(header);
  }

  /** Through how many an event of the log has come. */
  public static int of(EventView event) {
    String hops = event.attributes().get(ATTRIBUTE);
    return hops != null && NUMBER.matcher(hops).matches() ? Integer.parseInt(hops) : 0;
  }

  /** Puts the number among the attributes of an event, in place of one that is there. */
  public static void keep(int hops, EventDraft.Slice attributes) {
    JsonBuffer out = new JsonBuffer(64 + attributes.length());
    out.put('{').ascii(QUOTED).put(':').string(Integer.toString(hops));
    if (!attributes.isEmpty()) {
      byte[] json = attributes.toByteArray();
      new JsonScanner(1)
          .scanObject(
              json,
              0,
              json.length,
              (keyStart, keyEnd, valueStart, valueEnd) -> {
                if (!isAttribute(json, keyStart, keyEnd)) {
                  out.put(',').raw(json, keyStart, keyEnd).put(':').raw(json, valueStart, valueEnd);
                }
              });
    }
    attributes.set(out.put('}').toByteArray());
  }

  private static boolean isAttribute(byte[] json, int keyStart, int keyEnd) {
    return Arrays.equals(json, keyStart, keyEnd, QUOTED_NAME, 0, QUOTED_NAME.length);
  }
}
