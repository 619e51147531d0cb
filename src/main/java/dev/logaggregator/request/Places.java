package dev.logaggregator.request;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** How many requests of a kind that stays there may be at a time, in all and for each client. */
public final class Places {

  private static final String RETRY_AFTER_SECONDS = "5";

  private final String kind;
  private final Bound inAll;
  private final Bound perClient;
  private final AtomicInteger count = new AtomicInteger();
  private final ConcurrentMap<String, Integer> countByClient = new ConcurrentHashMap<>();

  /**
   * A bound.
   *
   * @param most how many there may be
   * @param setting what sets it
   */
  public record Bound(int most, String setting) {}

  /**
   * @param kind what they are, in the plural
   */
  public Places(String kind, Bound inAll, Bound perClient) {
    this.kind = kind;
    this.inAll = inAll;
    this.perClient = perClient;
  }

  /** A request's place; given back when closed. */
  @FunctionalInterface
  public interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes a place for a request of that client.
   *
   * @throws ErrorResponseException 503 when there is none
   */
  public Place take(String clientAddress) {
    if (count.incrementAndGet() > inAll.most()) {
      count.decrementAndGet();
      throw refused("There are", inAll);
    }
    if (countByClient.merge(clientAddress, 1, Integer::sum) > perClient.most()) {
      leave(clientAddress);
      throw refused(clientAddress + " has", perClient);
    }
    return () -> leave(clientAddress);
  }

  private void leave(String clientAddress) {
    countByClient.computeIfPresent(
        clientAddress, (address, taken) -> taken == 1 ? null : taken - 1);
    count.decrementAndGet();
  }

  private ErrorResponseException refused(String whoHas, Bound bound) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(
            HttpStatus.SERVICE_UNAVAILABLE,
            "%s as many %s as %s allows (%d). End one, or come back later."
                .formatted(whoHas, kind, bound.setting(), bound.most()));
    problem.setTitle("Too many " + kind);
    ErrorResponseException refusal =
        new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE, problem, null);
    refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    return refusal;
  }

  /** How many are taken. */
  public int taken() {
    return count.get();
  }
}
