package dev.logaggregator.stream;

import dev.logaggregator.store.ReaderCount;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

/** How many streams there are, and how many there may be. */
@Component
final class Streams implements ReaderCount {

  private static final String RETRY_AFTER_SECONDS = "5";

  private final StreamSettings settings;
  private final AtomicInteger count = new AtomicInteger();
  private final ConcurrentMap<String, Integer> countByClient = new ConcurrentHashMap<>();

  Streams(StreamSettings settings) {
    this.settings = settings;
  }

  /** A stream's place; given back when closed. */
  @FunctionalInterface
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes a place for a stream of that client.
   *
   * @throws ErrorResponseException 503 when there is none
   */
  Place take(String clientAddress) {
    if (count.incrementAndGet() > settings.maxStreams()) {
      count.decrementAndGet();
      throw refused(
          "There are as many streams as aggregator.stream.max-streams allows (%d)."
              .formatted(settings.maxStreams()));
    }
    if (countByClient.merge(clientAddress, 1, Integer::sum) > settings.maxStreamsPerClient()) {
      leave(clientAddress);
      throw refused(
          "%s has as many streams as aggregator.stream.max-streams-per-client allows (%d)."
              .formatted(clientAddress, settings.maxStreamsPerClient()));
    }
    return () -> leave(clientAddress);
  }

  private void leave(String clientAddress) {
    countByClient.computeIfPresent(
        clientAddress, (address, streams) -> streams == 1 ? null : streams - 1);
    count.decrementAndGet();
  }

  private static ErrorResponseException refused(String reason) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.SERVICE_UNAVAILABLE, reason + " End one, or come back later.");
    problem.setTitle("Too many streams");
    ErrorResponseException refusal =
        new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE, problem, null);
    refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    return refusal;
  }

  @Override
  public String kind() {
    return "streams";
  }

  @Override
  public long count() {
    return count.get();
  }
}
