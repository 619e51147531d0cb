package dev.logaggregator.intake;

import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.Level;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of its events outside of its body.
 *
 * @param id of its only event; UTF-8
 * @param source UTF-8
 * @param hops through how many pushes of a log the events have come; 0 if through none
 */
public record Preset(
    byte @Nullable [] id,
    byte @Nullable [] source,
    @Nullable Level level,
    @Nullable Instant timestamp,
    int hops) {

  /** Nothing. */
  public static final Preset NONE = new Preset(null, null, null, null, 0);

  /** Sets what was said here, over what the payload says of itself. */
  void applyTo(EventDraft draft) {
    if (id != null) {
      draft.id.set(id);
    }
    if (source != null) {
      draft.source.set(source);
    }
    if (level != null) {
      draft.level = level;
    }
    if (timestamp != null) {
      draft.timestamp = timestamp;
    }
  }
}
