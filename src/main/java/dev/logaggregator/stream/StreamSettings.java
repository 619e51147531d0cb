package dev.logaggregator.stream;

import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bounds on streams.
 *
 * @param maxStreams how many there may be; a further one is refused. If unset, {@value
 *     #USUAL_STREAMS}, or half of the connections that there may be if that is less
 * @param maxStreamsPerClient the same for one client address
 * @param heartbeat a stream without events sends a comment so often
 * @param maxStall how long a client may leave what was sent to it unread before it is cut off; it
 *     can go on from its last event
 */
@Validated
@ConfigurationProperties("aggregator.stream")
record StreamSettings(
    @Nullable @Positive Integer maxStreams,
    @DefaultValue("500") @Positive int maxStreamsPerClient,
    @DefaultValue("15s") Duration heartbeat,
    @DefaultValue("10m") Duration maxStall) {

  private static final int USUAL_STREAMS = 4_000;

  StreamSettings {
    requirePositive(heartbeat, "aggregator.stream.heartbeat");
    requirePositive(maxStall, "aggregator.stream.max-stall");
  }

  private static void requirePositive(Duration duration, String name) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException(name + " must be more than nothing");
    }
  }

  /**
   * {@link #maxStreams} with its default.
   *
   * @param connections how many the server takes
   * @throws IllegalArgumentException when streams could take nearly every connection
   */
  int maxStreamsWithin(int connections) {
    if (maxStreams == null) {
      return Math.min(USUAL_STREAMS, connections / 2);
    }
    int most = connections / 4 * 3;
    if (maxStreams > most) {
      throw new IllegalArgumentException(
          "aggregator.stream.max-streams (%d) must be three quarters of server.tomcat.max-connections at most (%d), so that others always get through"
              .formatted(maxStreams, most));
    }
    return maxStreams;
  }
}
