package dev.logaggregator.intake;

import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.event.Topic;
import dev.logaggregator.json.JsonSpace;
import dev.logaggregator.memory.MemoryAccount;
import dev.logaggregator.memory.MemoryExhaustedException;
import dev.logaggregator.memory.Use;
import dev.logaggregator.store.EventStore;
import dev.logaggregator.store.StoreUnavailableException;
import dev.logaggregator.store.TooManyTopicsException;
import java.io.InputStream;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Takes in bodies: reads, decodes and stores their events. */
@Component
public final class Intake {

  private final EventStore store;
  private final InstantSource clock;
  private final IntakeSettings settings;
  private final MemoryAccount memory;
  private final TopicNames topicNames = new TopicNames();
  private volatile boolean closing;

  Intake(EventStore store, InstantSource clock, IntakeSettings settings, MemoryAccount memory) {
    this.store = store;
    this.clock = clock;
    this.settings = settings;
    this.memory = memory;
  }

  /** Streams may last for ever: from now on they end as soon as something was stored. */
  @EventListener(ContextClosedEvent.class)
  public void close() {
    closing = true;
  }

  /**
   * Starts to read a body; to be closed whatever happens, after everything was taken.
   *
   * @param encoding how it is compressed, in HTTP's words; null if it isn't
   * @param contentLength how many bytes were announced; negative if it wasn't said
   * @param client who sends it, whose bodies have a share of memory together
   * @throws IntakeException when it is in an unknown encoding, or too large by its length
   */
  public Body open(InputStream in, @Nullable String encoding, long contentLength, String client) {
    int maxBytes = settings.maxRequestBytes();
    return new Body(
        ContentEncoding.named(encoding),
        new RawBody(in, maxBytes, settings.bodyTimeout(), System::nanoTime),
        contentLength,
        maxBytes,
        new HeldMemory(memory.claim(Use.BODIES, client)));
  }

  /**
   * Begins to take a body's events, which the caller hands over one by one.
   *
   * @param topic of all of them; null if each says its own
   */
  public Publication begin(Body body, @Nullable Topic topic, Preset preset) {
    return new Publication(store, clock, topic, preset, settings.maxEventBytes(), body.memory());
  }

  /**
   * Takes in envelopes: one a line, as they arrive.
   *
   * @throws IntakeException when nothing of it was taken
   */
  public Outcome takeEnvelopeLines(Body body, Preset preset) {
    return takeLines(body, new EnvelopeDecoder(settings.maxDepth(), topicNames), null, preset);
  }

  /**
   * Takes in one envelope, or an array of them, which is read whole before anything is stored.
   *
   * @throws IntakeException when it can't be read; nothing of it was taken
   * @throws MemoryExhaustedException as above
   */
  public Outcome takeEnvelopes(Body body, Preset preset) {
    byte[] json = body.readAll();
    Publication publication = begin(body, null, preset);
    int start = JsonSpace.skip(json, 0, json.length);
    if (start == json.length) {
      return publication.finish();
    }
    EnvelopeDecoder decoder = new EnvelopeDecoder(settings.maxDepth(), topicNames);
    if (json[start] != '[') {
      publication.take(decoder, json, start, json.length, 1);
      return publication.finish();
    }
    try {
      new EnvelopeArray(json, decoder, settings, publication).takeAll(start);
    } catch (InvalidEventException e) {
      return publication.malformed(e, json, 1);
    }
    return publication.finish();
  }

  /** Takes in payloads for one topic: one a line, as they arrive. */
  public Outcome takePayloadLines(Body body, PayloadKind kind, Topic topic, Preset preset) {
    return takeLines(body, payloads(kind, topic, preset), topic, preset);
  }

  /**
   * Takes in a body that is one payload.
   *
   * @throws IntakeException when it can't be read; nothing of it was taken
   * @throws MemoryExhaustedException as above
   */
  public Outcome takePayload(Body body, PayloadKind kind, Topic topic, Preset preset) {
    byte[] bytes = body.readAll(settings.maxEventBytes());
    Publication publication = begin(body, topic, preset);
    if (JsonSpace.skip(bytes, 0, bytes.length) < bytes.length) {
      publication.take(payloads(kind, topic, preset), bytes, 0, bytes.length, 1);
    }
    return publication.finish();
  }

  private EventDecoder payloads(PayloadKind kind, Topic topic, Preset preset) {
    return new PayloadDecoder(topic, preset, kind, settings.maxDepth(), settings.maxEventBytes());
  }

  private Outcome takeLines(Body body, EventDecoder decoder, @Nullable Topic topic, Preset preset) {
    try {
      body.awaitFirst();
    } catch (IntakeException | MemoryExhaustedException e) {
      return begin(body, topic, preset).brokenOff(e);
    }
    Publication publication = begin(body, topic, preset);
    try {
      new LineReader(body, settings.maxEventBytes(), lines(body, decoder, publication)).readAll();
    } catch (IntakeException
        | MemoryExhaustedException
        | TooManyTopicsException
        | StoreUnavailableException e) {
      return publication.brokenOff(e);
    }
    return publication.finish();
  }

  private LineReader.LineTaker lines(Body body, EventDecoder decoder, Publication publication) {
    return new LineReader.LineTaker() {
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
      public void arrived() {
        publication.storeArrived();
        if (closing && !body.isComplete() && publication.storedAny()) {
          throw new IntakeException.ShuttingDown();
        }
      }
    };
  }
}
