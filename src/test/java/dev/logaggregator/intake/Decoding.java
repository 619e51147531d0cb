package dev.logaggregator.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.logaggregator.event.Event;
import dev.logaggregator.event.EventBatch;
import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.EventView;
import java.time.Instant;

/** What a decoder makes of the bytes of one event, as a reader of the log would see it. */
final class Decoding {

  static final Instant RECEIVED_AT = Instant.parse("2026-11-22T07:00:00.123456789Z");

  private Decoding() {}

  static Event decode(EventDecoder decoder, String body) {
    return decode(decoder, body.getBytes(UTF_8));
  }

  static Event decode(EventDecoder decoder, byte[] body) {
    byte[] bytes = new byte[body.length + 6];
    System.arraycopy(body, 0, bytes, 3, body.length);
    EventDraft draft = new EventDraft();
    decoder.decode(bytes, 3, 3 + body.length, draft);
    EventBatch.Builder builder = new EventBatch.Builder(RECEIVED_AT);
    builder.add(draft, body.length);
    EventBatch batch = builder.build();
    EventView view = new EventView(batch.topics()::get);
    view.attach(batch.bytes(), 0);
    view.moveTo(batch.start(0));
    return view.toEvent();
  }
}
