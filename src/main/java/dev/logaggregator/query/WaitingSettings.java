package dev.logaggregator.query;

import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds on the requests that last for as long as their clients like.
 *
 * @param maxDownloads how many downloads there may be; a further one is refused. An eighth of the
 *     connections that there may be if unset
 * @param maxDownloadsPerClient the same for one client address; three quarters of that if unset
 * @param maxWaiting how many requests may wait for a match; the rest as for downloads
 * @param maxWaitingPerClient the same for one client address
 */
@Validated
@ConfigurationProperties("aggregator.query")
record WaitingSettings(
    @Nullable @Positive Integer maxDownloads,
    @Nullable @Positive Integer maxDownloadsPerClient,
    @Nullable @Positive Integer maxWaiting,
    @Nullable @Positive Integer maxWaitingPerClient) {

  private static final int PART_OF_CONNECTIONS = 8;

  /** {@link #maxDownloads} with its default. */
  int maxDownloadsWithin(int connections) {
    return inAll(maxDownloads, connections);
  }

  /** {@link #maxDownloadsPerClient} with its default. */
  int maxDownloadsPerClientWithin(int connections) {
    return perClient(maxDownloadsPerClient, maxDownloadsWithin(connections));
  }

  /** {@link #maxWaiting} with its default. */
  int maxWaitingWithin(int connections) {
    return inAll(maxWaiting, connections);
  }

  /** {@link #maxWaitingPerClient} with its default. */
  int maxWaitingPerClientWithin(int connections) {
    return perClient(maxWaitingPerClient, maxWaitingWithin(connections));
  }

  private static int inAll(@Nullable Integer set, int connections) {
    return set == null ? Math.max(1, connections / PART_OF_CONNECTIONS) : set;
  }

  private static int perClient(@Nullable Integer set, int inAll) {
    return set == null ? Math.max(1, inAll / 4 * 3) : set;
  }
}
