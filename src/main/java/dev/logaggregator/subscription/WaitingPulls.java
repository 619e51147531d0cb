package dev.logaggregator.subscription;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;

/** How many pulls wait for an event: in all, and for each client. */
final class WaitingPulls {

  private final Semaphore places;
  private final int perClient;

  /** Of those that wait only. */
  private final ConcurrentMap<String, Integer> byClient = new ConcurrentHashMap<>();

  /**
   * @param inAll how many may wait
   * @param perClient how many of them of one client address
   */
  WaitingPulls(int inAll, int perClient) {
    places = new Semaphore(inAll);
    this.perClient = perClient;
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
    if (byClient.merge(client, 1, Integer::sum) > perClient) {
      leave(client);
      throw new TooManyWaitingPullsException(
          "As many pulls of %s wait as aggregator.subscription.max-waiting-pulls-per-client allows"
                  .formatted(client)
              + " (%d); pull without wait, or come back later.".formatted(perClient));
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
