package dev.logaggregator.subscription;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/** How many pulls wait for an event: in all, and for each client. */
@Component
final class WaitingPulls {

  private final SubscriptionSettings settings;
  private final Semaphore places;

  /** Of those that wait only. */
  private final ConcurrentMap<String, Integer> byClient = new ConcurrentHashMap<>();

  WaitingPulls(SubscriptionSettings settings) {
    this.settings = settings;
    places = new Semaphore(settings.maxWaitingPulls());
  }

  /** A place to wait in, until it is closed. */
  final class Place implements AutoCloseable {

    private final String client;

    private Place(String client) {
      this.client = client;
    }

    @Override
    public void close() {
      leave(client);
      places.release();
    }
  }

  /**
   * Takes a place.
   *
   * @throws TooManyWaitingPullsException when there is none
   */
  Place take(String client) {
    if (byClient.merge(client, 1, Integer::sum) > settings.maxWaitingPullsPerClient()) {
      leave(client);
      throw new TooManyWaitingPullsException(
          "As many pulls of %s wait as aggregator.subscription.max-waiting-pulls-per-client allows"
                  .formatted(client)
              + " (%d); pull without wait, or come back later."
                  .formatted(settings.maxWaitingPullsPerClient()));
    }
    if (!places.tryAcquire()) {
      leave(client);
      throw new TooManyWaitingPullsException(
          "As many pulls wait as aggregator.subscription.max-waiting-pulls allows; pull without"
              + " wait, or come back later.");
    }
    return new Place(client);
  }

  private void leave(String client) {
    byClient.computeIfPresent(
        client, (name, count) -> count == 1 ? null : Integer.valueOf(count - 1));
  }
}
