package dev.logaggregator.publish;

import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.json.JsonScanner;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Through how many pushes an event has come before it was published: who publishes in answer to a
 * push passes its header on. It is kept as an attribute, so that the next push can count on, and
 * events don't go round in a circle for ever.
 */
final class Hops {

  /** As pushes have it. */
  static final String HEADER = "Log-Hops";

  private static final String ATTRIBUTE = "\"_hops\"";
  private static final byte[] QUOTED_NAME = ATTRIBUTE.getBytes(StandardCharsets.US_ASCII);
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

  private Hops() {}

  /**
   * 0 if it came through none.
   *
   * @throws InvalidEventException when the header is malformed
   */
  static int of(HttpServletRequest request) {
    String header = request.getHeader(HEADER);
    if (header == null) {
      return 0;
    }
    if (!NUMBER.matcher(header).matches()) {
      throw new InvalidEventException(HEADER, "must be a number of at most four digits");
    }
    return Integer.parseInt(header);
  }

  /** Puts the number among the attributes, in place of one that is there. */
  static void keep(int hops, EventDraft.Slice attributes) {
    JsonBuffer out = new JsonBuffer(64 + attributes.length());
    out.put('{').ascii(ATTRIBUTE).put(':').string(Integer.toString(hops));
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
