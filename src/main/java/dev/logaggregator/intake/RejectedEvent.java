package dev.logaggregator.intake;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.logaggregator.json.JsonBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says of an event that was rejected.
 *
 * @param index of the event in the request, from 0
 * @param line of the body at which it starts, from 1
 * @param field the field at fault; null when it is the event as a whole
 * @param reason what is wrong with it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RejectedEvent(long index, long line, @Nullable String field, String reason) {

  /** Writes it as a JSON object, but for the closing brace. */
  public void writeOpen(JsonBuffer out) {
    out.ascii("{\"index\":").number(index).ascii(",\"line\":").number(line);
    if (field != null) {
      out.ascii(",\"field\":").string(field);
    }
    out.ascii(",\"reason\":").string(reason);
  }

  /** In one sentence. */
  String sentence() {
    return field == null ? reason : field + " " + reason;
  }
}
