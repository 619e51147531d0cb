package dev.logaggregator.stream;

import dev.logaggregator.listener.ConnectionLimit;
import dev.logaggregator.request.Places;
import dev.logaggregator.store.ReaderCount;
import org.springframework.stereotype.Component;

/** How many streams there are, and how many there may be. */
@Component
final class Streams implements ReaderCount {

  private final Places places;

  Streams(StreamSettings settings, ConnectionLimit limit) {
    places =
        new Places(
            "streams",
            new Places.Bound(
                settings.maxStreamsWithin(limit.connections()), "aggregator.stream.max-streams"),
            new Places.Bound(
                settings.maxStreamsPerClient(), "aggregator.stream.max-streams-per-client"));
  }

  /**
   * Takes a place for a stream of that client.
   *
   * @throws org.springframework.web.ErrorResponseException 503 when there is none
   */
  Places.Place take(String clientAddress) {
    return places.take(clientAddress);
  }

  @Override
  public String kind() {
    return "streams";
  }

  @Override
  public long count() {
    return places.taken();
  }
}
