package dev.logaggregator.publish;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Topic;
import dev.logaggregator.json.JsonSpace;
import dev.logaggregator.store.EventStore;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Takes in bodies: reads, decodes and stores their events. */
@Component
final class Intake {

  private static final byte[] NO_ID = {};

  /** A buffer of lines, and the batch that is made of it, with room to grow. */
  private static final long BYTES_PER_BUFFERED = 4;

  /** Of what is made of a body's events: as it grows, and when it is handed over. */
  private static final long COPIES = 3;

  private final EventStore store;
  private final InstantSource clock;
  private final PublishSettings settings;
  private final TopicNames topicNames = new TopicNames();
  private volatile boolean closing;

  Intake(EventStore store, InstantSource clock, PublishSettings settings) {
    this.store = store;
    this.clock = clock;
    this.settings = settings;
  }

  /** Streams may last for ever: from now on they end as soon as something was stored. */
  @EventListener(ContextClosedEvent.class)
  void close() {
    closing = true;
  }

  /**
   * Takes in envelopes.
   *
   * @throws Refusal when not everything could be read, or nothing was stored
   */
  Publication takeEnvelopes(RequestBody body, BodyFormat format, PublishParameters parameters) {
    Publication publication = publication(null, parameters);
    EnvelopeDecoder decoder = new EnvelopeDecoder(settings.maxDepth(), topicNames);
    if (format == BodyFormat.JSON_LINES) {
      takeLines(body, decoder, publication);
    } else {
      takeDocument(body, decoder, publication);
    }
    publication.finish();
    return publication;
  }

  /**
   * Takes in payloads for one topic.
   *
   * @throws Refusal when not everything could be read, or nothing was stored
   */
  Publication takePayloads(
      RequestBody body, BodyFormat format, Topic topic, PublishParameters parameters) {
    if (format == BodyFormat.JSON && parameters.splitLines()) {
      throw new InvalidEventException(
          "split", "is for text: for a JSON value a line, send Content-Type: application/x-ndjson");
    }
    Publication publication = publication(topic, parameters);
    PayloadDecoder decoder =
        new PayloadDecoder(topic, parameters, PayloadDecoder.Kind.of(format), settings.maxDepth());
    if (format == BodyFormat.JSON_LINES || parameters.splitLines()) {
      takeLines(body, decoder, publication);
    } else {
      takeWhole(body, decoder, publication);
    }
    publication.finish();
    return publication;
  }

  private Publication publication(@Nullable Topic topic, PublishParameters parameters) {
    byte[] id = parameters.id();
    return new Publication(
        store, clock, topic, id == null ? NO_ID : id, settings.maxEventBytes(), parameters.hops());
  }

  private void takeLines(RequestBody body, EventDecoder decoder, Publication publication) {
    LineReader.LineTaker taker =
        new LineReader.LineTaker() {
          @Override
          public void line(byte[] bytes, int from, int to, long line) {
            publication.take(decoder, bytes, from, to, line);
            publication.requireHope();
          }

          @Override
          public void cutLine(RawEvent beginning) {
            publication.takeCut(beginning);
            publication.requireHope();
          }

          @Override
          public void arrived(int bufferBytes) {
            publication.storeArrived();
            body.reserve(BYTES_PER_BUFFERED * bufferBytes);
            if (closing && !body.isComplete()) {
              throw Refusal.unavailable("The service is shutting down; send the rest again.");
            }
          }
        };
    try {
      new LineReader(body, settings.maxEventBytes(), taker).readAll();
    } catch (Refusal refusal) {
      throw publication.brokenOff(refusal);
    }
  }

  private void takeWhole(RequestBody body, EventDecoder decoder, Publication publication) {
    byte[] bytes = body.readAll(settings.maxEventBytes());
    if (JsonSpace.skip(bytes, 0, bytes.length) < bytes.length) {
      publication.take(decoder, bytes, 0, bytes.length, 1);
    }
  }

  /** One envelope, or an array of them. */
  private void takeDocument(RequestBody body, EnvelopeDecoder decoder, Publication publication) {
    byte[] json = body.readAll(settings.maxRequestBytes());
    int start = JsonSpace.skip(json, 0, json.length);
    if (start == json.length) {
      return;
    }
    if (json[start] != '[') {
      publication.take(decoder, json, start, json.length, 1);
      return;
    }
    EnvelopeArray array = new EnvelopeArray(json, decoder, settings, publication);
    try {
      array.takeAll(start, () -> body.reserve(json.length + COPIES * publication.pendingBytes()));
    } catch (InvalidEventException e) {
      throw publication.malformed(e, json, 1);
    }
  }
}
