package benchmarks.events;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.Level;
import dev.logaggregator.event.Topic;
import java.time.Instant;

/** The sample events as the store takes them, found by the places of their members alone. */
public final class EncodedBatches {

  private static final Instant RECEIVED_AT = Instant.parse("2026-11-22T07:00:00Z");

  private EncodedBatches() {}

  /** The batch with that number. */
  public static EventBatch of(SampleEvents events, long number) {
    SampleEvents.Batch lines = events.batch(number);
    EventBatch.Builder builder = new EventBatch.Builder(RECEIVED_AT);
    EventDraft draft = new EventDraft();
    for (int i = 0; i < lines.size(); i++) {
      fill(draft, lines.bytes(), lines.start(i), lines.end(i));
      builder.add(draft, lines.end(i) - lines.start(i));
      draft.clear();
    }
    return builder.build();
  }

  private static void fill(EventDraft draft, byte[] bytes, int from, int to) {
    String line = new String(bytes, from, to - from, ISO_8859_1);
    draft.id.set(
        bytes, from + SampleEvents.ID_AT, from + SampleEvents.ID_AT + SampleEvents.ID_DIGITS);
    draft.timestamp = Instant.parse(text(line, "timestamp"));
    draft.topic = new Topic(text(line, "topic"));
    draft.level = Level.parse(text(line, "level"));
    int source = start(line, "source");
    draft.source.set(bytes, from + source, from + line.indexOf('"', source));
    draft.payload.set(bytes, from + line.indexOf("\"payload\":") + "\"payload\":".length(), to - 1);
  }

  private static String text(String line, String member) {
    int start = start(line, member);
    return line.substring(start, line.indexOf('"', start));
  }

  private static int start(String line, String member) {
    String key = '"' + member + "\":\"";
    return line.indexOf(key) + key.length();
  }
}
