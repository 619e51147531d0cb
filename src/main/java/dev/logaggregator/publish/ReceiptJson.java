package dev.logaggregator.publish;

import dev.logaggregator.event.Receipt;
import dev.logaggregator.intake.EventName;
import dev.logaggregator.intake.IntakeException;
import dev.logaggregator.intake.Outcome;
import dev.logaggregator.intake.RejectedEvent;
import dev.logaggregator.json.JsonBuffer;
import dev.logaggregator.request.PartlyDoneException;
import dev.logaggregator.store.StoreUnavailableException;
import dev.logaggregator.store.TooManyTopicsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of a request's events, as its publisher is told. */
final class ReceiptJson {

  private ReceiptJson() {}

  /**
   * The receipt of a request that was taken to its end.
   *
   * @throws RuntimeException why it wasn't
   */
  static JsonBuffer of(Outcome outcome) {
    RuntimeException reason = outcome.stoppedBy();
    if (reason == null) {
      return write(outcome);
    }
    // The store says itself that nothing was stored, and where there was no event there is no
    // count.
    boolean told =
        !outcome.isAnyStored()
            && (reason instanceof IntakeException.NoEvent
                || reason instanceof TooManyTopicsException
                || reason instanceof StoreUnavailableException);
    throw told ? reason : new PartlyDoneException(reason, members(outcome));
  }

  private static JsonBuffer write(Outcome outcome) {
    JsonBuffer out = new JsonBuffer(256);
    Receipt receipt = outcome.receipt();
    out.ascii("{\"accepted\":").number(receipt.accepted());
    out.ascii(",\"duplicates\":").number(receipt.duplicates());
    out.ascii(",\"rejected\":").number(outcome.rejected());
    if (receipt.accepted() > 0) {
      out.ascii(",\"firstOffset\":").number(receipt.firstOffset());
      out.ascii(",\"lastOffset\":").number(receipt.lastOffset());
    }
    out.ascii(",\"durability\":\"").ascii(outcome.durability().label()).put('"');
    EventName only = outcome.only();
    if (only != null) {
      out.ascii(",\"topic\":\"").ascii(only.topic().name()).ascii("\",\"id\":");
      out.string(only.id(), 0, only.id().length).ascii(",\"offset\":");
      out.number(receipt.accepted() > 0 ? receipt.firstOffset() : receipt.duplicateOf());
    }
    if (!outcome.errors().isEmpty()) {
      writeErrors(outcome.errors(), out);
    }
    return out.put('}');
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

  /** The same as members of a problem. */
  private static Map<String, Object> members(Outcome outcome) {
    Receipt receipt = outcome.receipt();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("accepted", receipt.accepted());
    members.put("duplicates", receipt.duplicates());
    members.put("rejected", outcome.rejected());
    if (receipt.accepted() > 0) {
      members.put("firstOffset", receipt.firstOffset());
      members.put("lastOffset", receipt.lastOffset());
    }
    members.put("durability", outcome.durability().label());
    if (!outcome.errors().isEmpty()) {
      members.put("errors", outcome.errors());
    }
    return members;
  }
}
