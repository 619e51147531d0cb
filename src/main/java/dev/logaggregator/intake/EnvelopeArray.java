package dev.logaggregator.intake;

import dev.logaggregator.event.EventDraft;
import dev.logaggregator.event.InvalidEventException;
import dev.logaggregator.json.JsonScanner;
import dev.logaggregator.json.JsonSpace;
import dev.logaggregator.json.MalformedJsonException;
import dev.logaggregator.worker.CarrierYield;

/** A JSON array of envelopes, which is there as a whole. One thread only. */
final class EnvelopeArray {

  private final EnvelopeDecoder decoder;
  private final int maxDepth;
  private final int maxEventBytes;
  private final JsonScanner elements;
  private final byte[] json;
  private final Publication publication;
  private final CarrierYield carrier = new CarrierYield();
  private int lineCountedTo;
  private long line = 1;

  EnvelopeArray(byte[] json, EnvelopeDecoder decoder, IntakeSettings settings, Publication to) {
    this.json = json;
    this.decoder = decoder;
    this.maxDepth = settings.maxDepth();
    this.maxEventBytes = settings.maxEventBytes();
    this.elements = new JsonScanner(maxDepth + 1);
    this.publication = to;
  }

  /**
   * Has the publication take each element.
   *
   * @param start of the array
   * @throws InvalidEventException when it isn't one valid JSON array; the publication has taken
   *     some then
   */
  void takeAll(int start) {
    int at = JsonSpace.skip(json, start + 1, json.length);
    if (at < json.length && json[at] == ']') {
      OneValue.requireNothingAfter(json, start, at + 1, json.length);
      return;
    }
    while (true) {
      int end = take(at);
      carrier.took(end - at);
      at = JsonSpace.skip(json, end, json.length);
      if (at < json.length && json[at] == ']') {
        OneValue.requireNothingAfter(json, start, at + 1, json.length);
        return;
      }
      if (at == json.length || json[at] != ',') {
        throw malformed();
      }
      at = JsonSpace.skip(json, at + 1, json.length);
    }
  }

  /** Takes the element that starts there; returns where it ends. */
  private int take(int start) {
    EventDraft draft = publication.draft();
    int end;
    try {
      int limit = (int) Math.min(json.length, (long) start + maxEventBytes);
      end = decoder.decodeFirst(json, start, limit, draft);
    } catch (InvalidEventException e) {
      end = end(start);
      InvalidEventException reason =
          end - start > maxEventBytes ? new OversizedEventException(end - start, maxEventBytes) : e;
      publication.reject(reason, json, start, end, line(start));
      return end;
    }
    publication.accept(end - start);
    return end;
  }

  /** Where an element ends that is no valid envelope, but valid JSON or else all is malformed. */
  private int end(int start) {
    try {
      return elements.skipValue(json, start, json.length);
    } catch (MalformedJsonException e) {
      throw malformed();
    }
  }

  /** What is wrong with the JSON, in terms of its position in the body. */
  private InvalidEventException malformed() {
    try {
      new JsonScanner(maxDepth + 2).scanValue(json, 0, json.length);
    } catch (MalformedJsonException e) {
      return InvalidEventException.of(e);
    }
    throw new IllegalStateException("well-formed JSON was taken for malformed");
  }

  /** The line on which a position is; positions must be asked for in order. */
  long line(int position) {
    for (; lineCountedTo < position; lineCountedTo++) {
      if (json[lineCountedTo] == '\n') {
        line++;
      }
    }
    return line;
  }
}
