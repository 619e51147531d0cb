package dev.logaggregator.publish;

import dev.logaggregator.event.Durability;
import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.Receipt;
import dev.logaggregator.event.Topic;
import dev.logaggregator.json.JsonBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What became of a request's events, as its publisher is told. */
final class ReceiptJson {

  private ReceiptJson() {}

  /**
   * Writes a receipt.
   *
   * @param rejected how many events were rejected
   * @param errors the first of them
   * @param only what {@link #identify} wrote of the request's only event; null if there were more
   */
  static void write(
      Receipt receipt,
      long rejected,
      Durability durability,
      List<RejectedEvent> errors,
      @Nullable JsonBuffer only,
      JsonBuffer out) {
    out.ascii("{\"accepted\":").number(receipt.accepted());
    out.ascii(",\"duplicates\":").number(receipt.duplicates());
    out.ascii(",\"rejected\":").number(rejected);
    if (receipt.accepted() > 0) {
      out.ascii(",\"firstOffset\":").number(receipt.firstOffset());
      out.ascii(",\"lastOffset\":").number(receipt.lastOffset());
    }
    out.ascii(",\"durability\":\"").ascii(durability.label()).put('"');
    if (only != null) {
      out.raw(only.bytes(), 0, only.length());
      out.ascii(",\"offset\":")
          .number(receipt.accepted() > 0 ? receipt.firstOffset() : receipt.duplicateOf());
    }
    if (!errors.isEmpty()) {
      writeErrors(errors, out);
    }
    out.put('}');
  }

  private static void writeErrors(List<RejectedEvent> errors, JsonBuffer out) {
    out.ascii(",\"errors\":");
    char separator = '[';
    for (RejectedEvent error : errors) {
      out.put(separator);
      error.writeOpen(out);
      out.put('}');
      separator = ',';
    }
    out.put(']');
  }

  /** Writes the members that name an event, whose id is set. */
  static void identify(EventDraft event, JsonBuffer out) {
    Topic topic = Objects.requireNonNull(event.topic);
    out.ascii(",\"topic\":\"").ascii(topic.name()).ascii("\",\"id\":");
    event.id.writeString(out);
  }

  /** The same as members of a problem. */
  static Map<String, Object> members(
      Receipt receipt, long rejected, Durability durability, List<RejectedEvent> errors) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("accepted", receipt.accepted());
    members.put("duplicates", receipt.duplicates());
    members.put("rejected", rejected);
    if (receipt.accepted() > 0) {
      members.put("firstOffset", receipt.firstOffset());
      members.put("lastOffset", receipt.lastOffset());
    }
    members.put("durability", durability.label());
    if (!errors.isEmpty()) {
      members.put("errors", errors);
    }
    return members;
  }
}
